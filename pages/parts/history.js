// Makes the browser's Back and Forward take back a step of the work.
//
// Streamlit runs the page again with the address that was gone back to, but the server cannot tell it
// from one that is older than a click still on its way, and goes by the click. So the page is loaded
// anew: it reads its address then. Another page is left to Streamlit, which keeps what was begun.
// A page that was just opened has no query yet: it is filled in, not added as a step.

const said = (address) => {
  const query = new URLSearchParams(address.search);
  query.delete("map"); // the map itself follows
  return query.toString();
};

export default function () {
  if (window.fourzonesHistory) return;
  window.fourzonesHistory = true;
  const { history } = window;
  let here = new URL(window.location), leaving = false;
  const written = (write) => (state, unused, url) => {
    if (leaving) return;
    write.call(history, state, unused, url);
    here = new URL(window.location);
  };
  const push = history.pushState, replace = history.replaceState;
  history.replaceState = written(replace);
  history.pushState = (state, unused, url) => {
    const next = new URL(url ?? here, here);
    const begun = next.pathname === here.pathname && !here.search;
    written(begun ? replace : push)(state, unused, url);
  };
  window.addEventListener("popstate", () => {
    const from = here;
    here = new URL(window.location);
    if (here.pathname !== from.pathname || said(here) === said(from)) return;
    leaving = true;
    window.location.reload();
  });
}
