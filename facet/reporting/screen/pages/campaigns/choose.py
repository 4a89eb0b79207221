"""Selection of campaigns, and of how sales are attributed to them."""

from collections import Counter

import streamlit as st

from facet.reporting.present.goals import PHASES, attributions_of, goals_of
from facet.reporting.screen.pages.campaigns.data.campaigns import (
    Campaigns,
    campaigns_of,
    returns_of,
)
from facet.reporting.screen.session.query_params import clear_selection, query_param_select
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View


def campaigns_shown(view: View) -> Campaigns:
    """Select the campaigns to show and how sales are attributed to them; read them.

    Raises:
        EndOfPage: there is no campaign.
    """
    today = view.tenant.today
    campaigns = campaigns_of(view)
    models, windows = attributions_of(view)
    sizes = Counter(campaign.phase(today) for campaign in campaigns)
    shown = state().selected.get("show")
    with st.container(horizontal=True, vertical_alignment="bottom", key="campaign-choices"):
        show = query_param_select(
            "show",
            view.text("campaign.show"),
            {
                **{
                    phase: f"{view.text(f'campaign_show.{phase}')} · {view.count(sizes[phase])}"
                    for phase in PHASES
                },
                "all": f"{view.text('campaign_show.all')} · {view.count(len(campaigns))}",
            },
            default=next(phase for phase in PHASES if sizes[phase]),
            width=220,
        )
        model = query_param_select(
            "model",
            view.text("campaign.model"),
            {model: view.word("campaign_model", model) for model in models},
            default=models[0],
            width=240,
        )
        window = query_param_select(
            "window",
            view.text("campaign.window"),
            {
                str(days): view.text(
                    "campaign.window_day" if days == 1 else "campaign.window_days",
                    days=view.count(days),
                )
                for days in windows
            },
            default=str(windows[-1]),
            width=150,
        )
    if shown not in (None, show):
        clear_selection("goal")
        clear_selection("campaign")
    return Campaigns(
        show=show,
        model=model,
        models=models,
        window=int(window),
        today=today,
        campaigns=campaigns,
        goals=goals_of(view, model, int(window)),
        returns=returns_of(view, int(window)),
    )
