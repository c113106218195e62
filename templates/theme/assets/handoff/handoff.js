/* What depends on the day on which a page is read: a verdict, and the banner that tells of it. Everything stands in the page as of the
   build; this makes it graver as review dates pass and owners leave, and never milder. Days are UTC. No request is made. */
(function () {
  "use strict";
  var GRAVITY = ["suspect", "stale", "due", "unknown", "fresh"];
  var TONE = { suspect: "bad", stale: "warn", due: "info", unknown: "quiet", fresh: "good" };
  var LOOK = { suspect: "danger", stale: "warning", due: "note", unknown: "info", fresh: "note" };
  var SOON = 14;

  function before(day, days) {
    var moment = new Date(day + "T00:00:00Z");
    moment.setUTCDate(moment.getUTCDate() - days);
    return moment.toISOString().slice(0, 10);
  }

  function verdict(built, due, departs, today) {
    var by_day = departs && today >= departs ? "suspect" : !due || today < before(due, SOON) ? "fresh" : today <= due ? "due" : "stale";
    return GRAVITY.indexOf(by_day) < GRAVITY.indexOf(built) ? by_day : built;
  }

  function swap(element, stem, table, now) {
    Object.keys(table).forEach(function (name) { element.classList.remove(stem + table[name]); });
    element.classList.add(stem + table[now]);
  }

  function update() {
    var today = new Date().toISOString().slice(0, 10);
    document.querySelectorAll("[data-handoff-verdict]").forEach(function (element) {
      var told = element.dataset;
      if (GRAVITY.indexOf(told.handoffVerdict) < 0) return;  // what is historical does not age
      var now = verdict(told.handoffVerdict, told.handoffDue, told.handoffDeparts, today);
      if (element.classList.contains("handoff-banner")) {
        swap(element, "", LOOK, now);
      } else {
        swap(element, "handoff-chip--", TONE, now);
        element.textContent = now;
      }
    });
    document.querySelectorAll("[data-handoff-from], [data-handoff-until]").forEach(function (element) {
      var told = element.dataset;
      var built = element.closest("[data-handoff-today]").dataset.handoffToday;
      var day = today < built ? built : today;
      element.hidden = day < (told.handoffFrom || "") || day > (told.handoffUntil || "9999");
    });
  }

  // Material's instant navigation changes the page without loading one; a page may stay open, or come back, on another day.
  if (window.document$) window.document$.subscribe(update);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", update);
  else update();
  window.addEventListener("pageshow", update);
  document.addEventListener("visibilitychange", update);
})();
