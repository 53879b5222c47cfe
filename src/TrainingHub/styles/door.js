// The register at the door on a bad connection: a tap shows at once, waits in this tab until it is sent, and is sent in the order of
// the taps. Each has the tab's name and a number, by which the server knows an echo. Without this file each tap is a form.
const door = document.querySelector("[data-door]");

function start() {
  const key = `door-${door.dataset.door}${location.search.includes("meeting=") ? new URLSearchParams(location.search).get("meeting") : ""}`;
  const state = door.querySelector("[data-door-state]");
  const count = door.querySelector("[data-door-count]");
  const forms = new Map([...door.querySelectorAll("form[data-mark]")].map((form) => [form.dataset.mark, form]));
  const kept = (name, otherwise) => JSON.parse(sessionStorage.getItem(name) ?? "null") ?? otherwise;
  const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));
  const tab = kept("door-tab", crypto.randomUUID());
  keep("door-tab", tab);
  let waiting = kept(key, []);
  let isSending = false;
  let later;

  function say(words) {
    state.textContent = words;
    state.hidden = words === "";
  }

  const many = () => (waiting.length === 1 ? "1 mark not sent yet" : `${waiting.length} marks not sent yet`);

  function paint(form, mark) {
    for (const button of form.querySelectorAll("button[aria-pressed]")) {
      const isOn = button.value === mark;
      button.setAttribute("aria-pressed", String(isOn));
      button.firstElementChild.textContent = isOn ? "✓ " : "";
    }
    form.querySelector("[value=Clear]").hidden = mark === "Clear";
  }

  function tally() {
    const of = (mark) => door.querySelectorAll(`button[value=${mark}][aria-pressed=true]`).length;
    const [here, part, absent] = [of("Attended"), of("Part"), of("Absent")];
    count.firstElementChild.textContent = `${forms.size - here - part - absent} to mark.`;
    count.lastChild.textContent = ` ${here} here, ${part} in part, ${absent} absent.`;
  }

  function done(tap) {
    waiting = waiting.filter((one) => one.number !== tap.number);
    keep(key, waiting);
  }

  // A lost connection is tried again, and the browser says when there is one.
  function again(words) {
    say(words);
    clearTimeout(later);
    later = setTimeout(send, 4000);
  }

  async function send() {
    if (isSending) {
      return;
    }
    isSending = true;
    const refused = [];
    let why = "";
    try {
      while (waiting.length > 0) {
        const tap = waiting[0];
        const form = forms.get(tap.place);
        if (!form) {
          done(tap);
          continue;
        }
        const body = new URLSearchParams(new FormData(form));
        for (const [name, value] of Object.entries({ mark: tap.mark, tab, number: tap.number })) {
          body.set(name, value);
        }
        const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(20000) });
        if (answer.status === 204) {
          done(tap);
        } else if (answer.status === 409) {
          done(tap);
          refused.push(form.closest("li").querySelector("h2").textContent);
          why = await answer.text();
        } else if (answer.status >= 500) {
          again(`${many()}. The site does not answer; it is tried again.`);
          return;
        } else {
          say(`${many()}. You are signed out. Sign in again in this tab: they are sent then.`);
          return;
        }
      }
      refuse(refused, why);
    } catch {
      again(`${many()}. No connection; they are sent when it is back.`);
    } finally {
      isSending = false;
    }
  }

  function refuse(names, why) {
    say(names.length === 0 ? "" : `Not saved: ${names.join(", ")}. ${why}`);
    if (names.length > 0) {
      const reload = document.createElement("a");
      reload.className = "govuk-link";
      reload.href = location.pathname + location.search;
      reload.textContent = "See the register as it is";
      state.append(" ", reload);
    }
  }

  door.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.mark) {
      event.preventDefault();
      const number = kept("door-number", 0) + 1;
      keep("door-number", number);
      // Only the last tap on a person counts; one that is on its way is answered first.
      waiting = [...waiting.filter((one, index) => one.place !== form.dataset.mark || (isSending && index === 0)), { place: form.dataset.mark, mark: event.submitter.value, number }];
      keep(key, waiting);
      paint(form, event.submitter.value);
      tally();
      if (!isSending && !navigator.onLine) {
        say(`${many()}. No connection; they are sent when it is back.`);
      }
      send();
    } else if (form.matches("[data-door-close]") && waiting.length > 0) {
      event.preventDefault();
      say(`${many()}. Wait until they are sent.`);
      send();
    }
  });
  window.addEventListener("online", send);
  for (const tap of waiting) {
    if (forms.has(tap.place)) {
      paint(forms.get(tap.place), tap.mark);
    }
  }
  if (waiting.length > 0) {
    tally();
    say(many());
    send();
  }
}

if (door) {
  start();
}

// A button that copies stands hidden in the page, because without a script it could do nothing.
for (const copy of document.querySelectorAll("[data-copy]")) {
  const [field, button] = [copy.querySelector("input"), copy.querySelector("button")];
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  });
}
