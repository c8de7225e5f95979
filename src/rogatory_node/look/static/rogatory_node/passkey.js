// Approval by passkey: asks the authenticator for one assertion and sends it with the form.
// The options come from the server as JSON in the page; the challenge binds statement, role and person.
// Without an answer nothing is sent; with a second button (return, ask) no passkey is asked.
function bytes(text) {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const raw = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function options(json) {
  const allow = (json.allowCredentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  return { publicKey: { ...json, challenge: bytes(json.challenge), allowCredentials: allow } };
}

function assertion(credential) {
  const said = credential.response;
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      authenticatorData: text(said.authenticatorData),
      clientDataJSON: text(said.clientDataJSON),
      signature: text(said.signature),
      userHandle: said.userHandle ? text(said.userHandle) : null,
    },
  });
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
    const credential = await navigator.credentials.get(options(json));
    form.elements.assertion.value = assertion(credential);
  } catch {
    return problem(form, "rgRefused");
  }
  form.requestSubmit(button);
}

for (const form of document.querySelectorAll("form[data-rg-passkey]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.hasAttribute("data-rg-signs") || form.elements.assertion.value) return;
    event.preventDefault();
    sign(form, button);
  });
}
