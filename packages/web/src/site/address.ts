const found = document.querySelector('headstart-studio');
if (!found) throw new Error('the page has no <headstart-studio>');

/** The page's studio. What the address asks for becomes its attributes before it starts. */
export const studio = found;

studio.setAttribute('locale', navigator.language);
const wanted = new URLSearchParams(location.search);
for (const name of ['modality', 'backbone', 'locale', 'engine', 'project', 'theme']) {
  const value = wanted.get(name);
  if (value !== null) studio.setAttribute(name, value);
}
