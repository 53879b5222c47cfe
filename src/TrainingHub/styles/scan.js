// Scans the codes of delegates on the register itself, one after the other, where the browser can read codes. What it reads is tapped
// as by a thumb, so it waits without a connection as every tap does. Other phones scan with their camera and press one button.
const door = document.querySelector("[data-door]");
const part = door?.querySelector("[data-scan]");

function start() {
  const [open, stop] = [part.querySelector("[data-scan-start]"), part.querySelector("[data-scan-stop]")];
  const [view, video, said] = [part.querySelector("[data-scan-view]"), part.querySelector("video"), part.querySelector("[role=status]")];
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  let last = "";

  // The first 126 bits of a code name the place.
  const formOf = (code) => door.querySelector(`form[data-code="${CSS.escape(code.slice(0, 21))}"]`);

  function take(text) {
    const code = /\/here\/([\w-]{43})$/.exec(text)?.[1];
    if (!code || code === last) {
      return;
    }
    last = code;
    const form = formOf(code);
    if (!form) {
      said.textContent = "This code is not for this date.";
      return;
    }
    const name = form.closest("li").querySelector("h2").textContent;
    const here = form.querySelector("[value=Attended]");
    if (here.getAttribute("aria-pressed") === "true") {
      said.textContent = `✓ ${name} is here already.`;
      return;
    }
    form.requestSubmit(here);
    said.textContent = `✓ ${name} is here.`;
    navigator.vibrate?.(80);
  }

  async function look() {
    if (!stream) {
      return;
    }
    try {
      for (const found of await reader.detect(video)) {
        take(found.rawValue);
      }
    } catch {
      // No picture yet.
    }
    setTimeout(look, 150);
  }

  function end() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    view.hidden = true;
    open.hidden = false;
    open.focus();
  }

  open.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      said.textContent = "This page may not use the camera. Scan with the camera app of your phone.";
      return;
    }
    video.srcObject = stream;
    view.hidden = false;
    open.hidden = true;
    last = "";
    video.play().catch(end);
    look();
  });
  stop.addEventListener("click", end);
  part.hidden = false;
}

if (part && "BarcodeDetector" in window && navigator.mediaDevices) {
  start();
}
