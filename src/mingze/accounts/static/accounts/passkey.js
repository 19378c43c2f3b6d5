// Says on the page that a passkey did not work; the ceremony itself is in mfa/js/webauthn.js.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  if (problem) problem.hidden = false;
});
