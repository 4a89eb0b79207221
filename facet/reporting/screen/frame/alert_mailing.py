"""Alerts by mail: which of their shop's somebody is sent as they begin and end."""

import streamlit as st

from facet.config import Settings
from facet.reporting.present.alerts import PERMISSION_OF
from facet.reporting.screen.session.audit_log import record_saved
from facet.reporting.screen.session.view import View
from facet.saved.alert_readers import ChosenAlerts


def alert_mailing(view: View, recipient: str, time_zone: str | None) -> None:
    """A choice among the alerts that somebody may know of; nothing where there are none.

    Raises:
        SavedError: what they chose cannot be read or written.
    """
    who = view.principal
    offered = [rule for rule, permission in PERMISSION_OF.items() if who.may(permission)]
    if not offered:
        return
    own = ChosenAlerts.of(Settings.from_environment(), tenant_id=who.tenant_id, user_id=who.user_id)
    kept = own.rules()
    chosen = st.multiselect(
        view.text("alerts.label"),
        offered,
        default=[rule for rule in offered if rule in kept],
        format_func=lambda rule: view.text(f"alert_rule.{rule}"),
        placeholder=view.text("alerts.placeholder"),
        help=view.text("alerts.means", address=recipient),
        key="alert-rules",
    )
    if st.button(
        view.text("alerts.button"),
        icon=":material/notifications:",
        disabled=set(chosen) == kept.intersection(offered),
        key="choose-alerts",
    ):
        own.choose(chosen, recipient=recipient, language=view.language, time_zone=time_zone)
        record_saved(view, "alerts_chosen", None)
        st.rerun()
