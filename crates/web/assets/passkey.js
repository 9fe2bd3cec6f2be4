// Passkeys: the one thing that a page cannot do without script. A form with data-passkey says what to ask the
// authenticator (data-options, bytes as base64url); its answer goes into the form's hidden fields, and the form is sent.
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const ask = async (form) => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "create") {
      options.user.id = bytes(options.user.id);
      for (const known of options.excludeCredentials) known.id = bytes(known.id);
      const made = await navigator.credentials.create({ publicKey: options });
      return { credential: made.rawId, client_data: made.response.clientDataJSON, authenticator: made.response.attestationObject };
    }
    const found = await navigator.credentials.get({ publicKey: options });
    const { clientDataJSON, authenticatorData, signature } = found.response;
    return { credential: found.rawId, client_data: clientDataJSON, authenticator: authenticatorData, signature };
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    // Before the script that sends a form once: an attempt that the person breaks off can be made again.
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      try {
        for (const [name, value] of Object.entries(await ask(form))) form.elements[name].value = text(value);
        form.submit();
      } catch {
        form.querySelector("button").focus();
      }
    });
  }
})();
