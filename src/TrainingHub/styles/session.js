// Staff pages: warns two minutes before the session ends, and says in every tab when it has ended. The server decides; this only
// tells. What all tabs share is in local storage: the session's name, and until when it lasts.
const KEY = "staff-session";
const WARNING = 120_000;
const TICK = 1000;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};

const write = (state) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // No storage: each tab knows its own.
  }
};

const watch = (dialog) => {
  const { session, prolong, keeps } = dialog.dataset;
  const part = (name) => dialog.querySelector(`[data-session-${name}]`);
  const parts = ["warning", "longest", "ended"].map(part);
  let state = { session, ends: Date.now() + 1000 * Number(dialog.dataset.endsIn) };
  let hasEnded = false;
  let isTold = false;
  let typed = null;
  write(state);

  const show = (wanted) => {
    for (const one of parts) {
      one.hidden = one !== wanted;
    }
    dialog.setAttribute("aria-labelledby", wanted.querySelector("h2").id || (wanted.querySelector("h2").id = "session-title-now"));
    if (!dialog.open) {
      dialog.showModal();
    }
    wanted.querySelector("button").focus();
  };

  const end = () => {
    if (!hasEnded) {
      hasEnded = true;
      dialog.classList.add("app-session--ended");
      show(part("ended"));
    }
  };

  const warn = (left) => {
    const words = left > WARNING / 2 ? "2 minutes" : "1 minute";
    if (part("left").textContent !== words) {
      part("left").textContent = words;
    }
    if (!dialog.open && !isTold) {
      show(part("warning"));
    }
  };

  const look = () => {
    state = read() ?? state;
    const left = state.ends - Date.now();
    if (hasEnded || state.session !== session || left <= 0) {
      end();
    } else if (left <= WARNING) {
      warn(left);
    } else if (dialog.open) {
      dialog.close();
    }
  };

  const stay = async () => {
    try {
      const answer = await fetch(prolong, { redirect: "manual", cache: "no-store" });
      const seconds = answer.ok ? Number(await answer.text()) : 0;
      state = seconds > 0 ? { session, ends: Date.now() + 1000 * seconds } : { session: "" };
      write(state);
      if (seconds > 0 && 1000 * seconds <= WARNING) {
        isTold = true;
        show(part("longest"));
      }
    } catch {
      // The server cannot be reached: asked again with the next press.
    }
    look();
  };

  // A field that was changed and whose form was not sent is kept by the server, which shows it again after sign-in. It is asked to
  // keep it and nothing else: the session may have begun anew in another tab.
  const again = () => {
    if (!typed?.isConnected) {
      location.assign(location.href.split("#")[0]);
      return;
    }
    const keep = document.createElement("input");
    keep.type = "hidden";
    keep.name = "__keep";
    keep.value = "yes";
    typed.append(keep);
    HTMLFormElement.prototype.submit.call(typed);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (keeps && form?.method === "post") {
      typed = form;
    }
  });
  part("stay").addEventListener("click", stay);
  part("go-on").addEventListener("click", () => dialog.close());
  part("again").addEventListener("click", again);
  // Escape says no more than that the warning was seen, and a page that has ended stays covered.
  dialog.addEventListener("close", () => {
    if (hasEnded) {
      dialog.showModal();
    }
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!hasEnded && !isTold) {
      stay();
    }
  });
  addEventListener("storage", look);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, TICK);
  look();
};

// The sign-in page is shown to nobody who is signed in: whatever other tabs show has ended.
export const watchSession = () => {
  if (document.querySelector("[data-signed-out]") && read()) {
    write({ session: "" });
  }
  const dialog = document.querySelector("[data-session]");
  if (dialog) {
    watch(dialog);
  }
};
