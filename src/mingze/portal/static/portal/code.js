// A receipt's QR code leads to /case/#CODE. The part after # never leaves the phone by itself, so this fills it into the
// form and sends the form. Without JavaScript the page asks for the code to be typed.
const form = document.getElementById("code-form");
const field = document.getElementById("code");
const code = decodeURIComponent(location.hash.slice(1));

if (form && field && /^[0-9A-Za-z -]{24,40}$/.test(code)) {
  history.replaceState(null, "", location.pathname);
  field.value = code;
  form.requestSubmit();
}
