// A passkey: the server says what to sign, the device signs it, and the form carries the answer. Shown only where the browser can do it.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const isNew = "passkeyNew" in form.dataset;
  const fault = form.querySelector("[data-passkey-fault]");
  const sign = async () => {
    fault.hidden = true;
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.status !== 400) {
      const { options, challenge } = await answer.json();
      const credential = isNew
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.Credential.value = JSON.stringify(credential.toJSON());
      form.elements.Challenge.value = challenge;
    }
    // After a 400 the page itself says what is missing.
    form.submit();
  };
  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sign().catch(() => {
        fault.hidden = false;
      });
    });
  }
}
