// What Streamlit leaves to the page: its own words in the reader's language, names for what it draws,
// and a menu that closes on a phone. It changes nothing that Facet shows; without it all can be read.
// Its text is always the same, so that a Content-Security-Policy can name it by its digest; the words
// stand beside it.
(({ language, words, pages, parameters, keepsLink }) => {
    // a link that was opened before its reader had signed in: a page from here, and what is known of it
    const WANTED = "facet-wanted";
    const goWhereWanted = () => {
        const wanted = sessionStorage.getItem(WANTED);
        sessionStorage.removeItem(WANTED);
        if (wanted === null || location.search || !location.pathname.endsWith("/")) return;
        if (!URL.canParse(wanted, location.origin)) return;
        const { origin, pathname, searchParams } = new URL(wanted, location.origin);
        const page = pathname.slice(location.pathname.length);
        const isHere = origin === location.origin && pathname === location.pathname + page;
        if (!isHere || !["", ...pages].includes(page)) return;
        const query = new URLSearchParams(
            [...searchParams].filter(([name]) => parameters.includes(name)),
        ).toString();
        if (page || query) location.replace(location.pathname + page + (query && `?${query}`));
    };
    if (keepsLink) sessionStorage.setItem(WANTED, location.pathname + location.search);
    else goWhereWanted();

    window.facetPage?.disconnect();
    document.documentElement.lang = language;
    // calendars and fields for numbers follow what the browser says that it speaks
    for (const [name, value] of [["language", language], ["languages", [language]]]) {
        Object.defineProperty(navigator, name, { get: () => value, configurable: true });
    }

    // where Streamlit itself speaks, and nothing of a shop can stand
    const OWN = [
        "stDataFrameColumnMenu", "stDataFrameColumnVisibilityMenu", "stElementToolbar",
        "stElementToolbarButton", "stDateInputCalendar", "stDateInputQuickSelect", "InputInstructions",
    ].map((id) => `[data-testid="${id}"]`).concat('[data-key="__select_all__"]').join(",");
    const NAMES = ["aria-label", "title", "placeholder"];
    // “Help for *”: Streamlit says it of something, whose name stays
    const OF = " *";
    const beginnings = Object.keys(words).filter((said) => said.endsWith(OF)).map((said) => said.slice(0, -1));
    const inWords = (said) => {
        const begun = said && !words[said] && beginnings.find((beginning) => said.startsWith(beginning));
        return begun ? words[`${begun}*`].replace("*", said.slice(begun.length)) : words[said];
    };

    const named = (element, name, value) => {
        if (value !== undefined && element.getAttribute(name) !== value) {
            element.setAttribute(name, value);
        }
    };

    const translate = () => {
        for (const own of document.querySelectorAll(OWN)) {
            const texts = document.createTreeWalker(own, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const said = inWords(texts.currentNode.data.trim());
                if (said && texts.currentNode.data !== said) texts.currentNode.data = said;
            }
        }
        for (const name of NAMES) {
            for (const element of document.querySelectorAll(`[${name}]`)) {
                named(element, name, inWords(element.getAttribute(name)));
            }
        }
    };

    // the small chart of a tile tells nothing that its number does not: it is read as one picture
    const nameTrends = () => {
        for (const chart of document.querySelectorAll('[data-testid="stMetricChart"]')) {
            const label = chart.closest('[data-testid="stMetric"]')
                ?.querySelector('[data-testid="stMetricLabel"]')?.textContent ?? "";
            named(chart, "role", "img");
            named(chart, "aria-label", `${label}: ${words["#trend"]}`);
            for (const drawn of chart.children) named(drawn, "aria-hidden", "true");
        }
    };

    const nameMenu = () => {
        for (const button of document.querySelectorAll('[data-testid="stExpandSidebarButton"]')) {
            named(button, "aria-label", words["#menu"]);
            named(button, "data-label", words["#menu"]);
        }
    };

    // who opens the search wants to type
    const focusSearch = () => {
        const box = document.querySelector('[role="dialog"] input[type="search"]');
        if (box && !("met" in box.dataset)) {
            box.dataset.met = "";
            box.focus();
        }
    };

    // what somebody has searched for is brought into view as soon as it is drawn; then the page is theirs
    const bringIntoView = () => {
        const named = new URLSearchParams(location.search).get("found");
        if (named) window.facetSought = { named, until: Date.now() + 20000 };
        const sought = window.facetSought;
        if (!sought || document.querySelector('[role="dialog"]')) return;
        const place = document.querySelector(`.st-key-${CSS.escape(sought.named)}`);
        if (place || Date.now() > sought.until) window.facetSought = undefined;
        place?.scrollIntoView({ block: "start" });
    };

    // what needs somebody leads to where the page shows it; what is folded there is opened
    const followPlace = (event) => {
        const link = event.target.closest?.('.st-key-attention-lines a[href^="#"]');
        if (!link) return;
        event.preventDefault();
        const place = document.querySelector(`.st-key-${CSS.escape(link.getAttribute("href").slice(1))}`);
        place?.querySelector("details:not([open]) > summary")?.click();
        place?.scrollIntoView({ block: "start" });
    };

    // on a phone the menu lies over the page: it goes when a page has been chosen
    const closeMenu = (event) => {
        if (window.innerWidth >= 768 || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
        setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 150);
    };

    // of what was opened by a link, the page itself adds to the address: no step of its own to go back
    const push = History.prototype.pushState.bind(history);
    history.pushState = (state, title, url) => {
        const isHere = new URL(url, location.href).pathname === location.pathname;
        if (isHere && window.facetActed !== location.pathname) history.replaceState(state, title, url);
        else push(state, title, url);
    };
    const noteAct = () => { window.facetActed = location.pathname; };

    // a finger moves the page or taps a bar: Plotly would keep all that begins on a chart to itself
    const leaveTouch = (event) => {
        if (event.target.closest?.(".js-plotly-plot")) event.stopPropagation();
    };

    // days of a chart over time that are dragged over become the page's period, as an address would say it
    const brush = (event) => {
        const chart = event.target.closest?.(".js-plotly-plot");
        const days = chart?.layout?.meta?.days;
        if (!days || event.button || !event.isPrimary) return;
        const area = chart.querySelector(".nsewdrag").getBoundingClientRect();
        const step = area.width / days.length;
        const place = (x) => Math.min(Math.max(Math.floor((x - area.left) / step), 0), days.length - 1);
        const over = Object.assign(document.createElement("div"), { className: "facet-brush" });
        const ends = { from: place(event.clientX), to: place(event.clientX) };
        const far = (x) => Math.abs(x - event.clientX) > Math.min(step, 12);
        const move = ({ clientX }) => {
            const now = place(clientX);
            [ends.from, ends.to] = [place(event.clientX), now].sort((a, b) => a - b);
            if (!far(clientX) && !over.isConnected) return;
            document.body.append(over);
            Object.assign(over.style, {
                left: `${area.left + ends.from * step}px`, width: `${(ends.to - ends.from + 1) * step}px`,
                top: `${area.top}px`, height: `${area.height}px`,
            });
        };
        const finish = ({ type }) => {
            for (const [name, listener] of LISTENERS) document.removeEventListener(name, listener);
            const chosen = days.slice(ends.from, ends.to + 1).filter(Boolean);
            const isDrawn = over.isConnected;
            over.remove();
            if (type !== "pointerup" || !isDrawn || !chosen.length) return;
            const address = new URL(location.href);
            address.searchParams.set("period", "custom");
            address.searchParams.set("from", chosen[0][0]);
            address.searchParams.set("to", chosen.at(-1)[1]);
            push({}, "", address);
            dispatchEvent(new PopStateEvent("popstate"));
        };
        const LISTENERS = [["pointermove", move], ["pointerup", finish], ["pointercancel", finish]];
        for (const [name, listener] of LISTENERS) document.addEventListener(name, listener);
    };

    let waits = false;
    const tend = () => {
        if (waits) return;
        waits = true;
        requestAnimationFrame(() => {
            waits = false;
            translate();
            nameTrends();
            nameMenu();
            focusSearch();
            bringIntoView();
        });
    };
    const watch = new MutationObserver(tend);
    watch.observe(document.body, {
        childList: true, subtree: true, characterData: true, attributeFilter: NAMES,
    });
    const listening = [
        ["click", closeMenu], ["click", followPlace, true], ["click", noteAct, true], ["keydown", noteAct, true], ["pointerdown", brush],
        ["touchstart", leaveTouch, { capture: true, passive: true }],
    ];
    for (const listener of listening) document.addEventListener(...listener);
    window.facetPage = {
        disconnect() {
            watch.disconnect();
            delete history.pushState;
            for (const listener of listening) document.removeEventListener(...listener);
        },
    };
    tend();
})(JSON.parse(document.querySelector("[data-facet]").dataset.facet));
