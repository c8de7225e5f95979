// Passkeys: asks the authenticator for one answer and sends it with the form. data-rg-passkey says which:
// "get" signs an approval (the challenge binds statement, role and person), "create" makes a new passkey.
// The options come from the server as JSON in the page. Without an answer nothing is sent; a button without
// data-rg-signs (withdraw, ask) asks for no passkey.
(() => {
  function bytes(text) {
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  }

  function text(buffer) {
    const raw = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

  const ask = {
    get: (json) =>
      navigator.credentials.get({
        publicKey: { ...json, challenge: bytes(json.challenge), allowCredentials: known(json.allowCredentials) },
      }),
    create: (json) =>
      navigator.credentials.create({
        publicKey: {
          ...json,
          challenge: bytes(json.challenge),
          user: { ...json.user, id: bytes(json.user.id) },
          excludeCredentials: known(json.excludeCredentials),
        },
      }),
  };

  // The members of an AuthenticationResponseJSON or a RegistrationResponseJSON that the server reads.
  function answer(credential) {
    const response = {};
    for (const name of ["authenticatorData", "clientDataJSON", "signature", "userHandle", "attestationObject"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    const { id, type } = credential;
    return JSON.stringify({ id, rawId: text(credential.rawId), type, clientExtensionResults: {}, response });
  }

  function problem(form, name) {
    const words = form.querySelector("#rg-passkey-problem");
    words.textContent = words.dataset[name];
    words.hidden = false;
  }

  async function sign(form, button) {
    if (!navigator.credentials || !window.PublicKeyCredential) return problem(form, "rgUnable");
    const json = JSON.parse(document.getElementById("rg-passkey-options").textContent);
    try {
      form.elements.passkey.value = answer(await ask[form.dataset.rgPasskey](json));
    } catch {
      return problem(form, "rgRefused");
    }
    form.requestSubmit(button);
  }

  for (const form of document.querySelectorAll("form[data-rg-passkey]")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button?.hasAttribute("data-rg-signs") || form.elements.passkey.value) return;
      event.preventDefault();
      sign(form, button);
    });
  }
})();
