"use strict";

// What a page cannot do without a script: say how long ago something was, and refresh itself while somebody looks.
(() => {
  const TICK = 1000;
  const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  let waited = 0;

  const live = () => document.getElementById("live");

  const distance = (seconds) => {
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) || ["s", 1];
    const text = Math.floor(Math.abs(seconds) / size) + " " + unit;
    return seconds < 0 ? "in " + text : text + " ago";
  };

  const tellAges = () => {
    document.querySelectorAll("time[datetime]").forEach((time) => {
      let age = time.nextElementSibling;
      if (!age || !age.classList.contains("age")) {
        age = document.createElement("span");
        age.className = "age";
        time.after(age);
      }
      age.textContent = distance((Date.now() - Date.parse(time.dateTime)) / 1000);
    });
  };

  const stale = (isStale) => {
    const sign = document.getElementById("stale");
    if (sign) {
      sign.hidden = !isStale;
    }
  };

  setInterval(() => {
    if (document.hidden || !live()) {
      return;
    }
    waited += TICK;
    if (waited >= Number(live().dataset.every) * 1000) {
      waited = 0;
      window.htmx.trigger(live(), "refresh");
      tellAges();
    }
  }, TICK);

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && live()) {
      waited = 0;
      window.htmx.trigger(live(), "refresh");
      tellAges();
    }
  });
  document.addEventListener("htmx:afterSwap", tellAges);
  document.addEventListener("htmx:sendError", () => stale(true));
  document.addEventListener("htmx:responseError", () => stale(true));
  document.addEventListener("htmx:afterOnLoad", () => stale(false));
  tellAges();
})();
