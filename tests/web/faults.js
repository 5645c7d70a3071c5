/* What a page lacks for someone who does not see it: names of controls, an order of headings, words for pictures. */
() => {
  const said = [], all = (what) => [...document.querySelectorAll(what)];
  const named = (e) => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim();
  const start = (e) => e.outerHTML.slice(0, 90);

  for (const e of all('input:not([type=hidden]), select, textarea')) {
    if (!e.labels.length && !e.getAttribute('aria-label')) { said.push(`no label: ${e.name}`); }
  }
  for (const e of all('a, button, summary')) { if (!named(e)) { said.push(`no words: ${start(e)}`); } }

  let level = 0;
  for (const e of all('h1, h2, h3, h4').filter((one) => !one.closest('.m-sheet'))) {
    const here = Number(e.tagName[1]);
    if (here > level + 1) { said.push(`heading skips to ${e.tagName}: ${e.innerText}`); }
    level = here;
  }
  if (all('h1').length !== 1) { said.push(`${all('h1').length} h1`); }

  const ids = all('[id]').map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) { said.push(`id twice: ${id}`); }
  for (const name of ['aria-describedby', 'aria-labelledby', 'for']) {
    for (const e of all(`[${name}]`)) {
      for (const id of e.getAttribute(name).split(' ')) {
        if (id && !document.getElementById(id)) { said.push(`${name} leads nowhere: ${id}`); }
      }
    }
  }
  for (const e of all('img:not([alt]), svg:not([aria-hidden]):not([role=img])')) {
    if (!e.closest('svg[role=img], [aria-hidden=true]')) { said.push(`picture without words: ${start(e)}`); }
  }
  if (!document.documentElement.lang || !document.title) { said.push('no language or no title'); }
  if (all('main').length !== 1 || !document.querySelector('a[href="#isi"]')) { said.push('no main, or no way to it'); }
  return said;
}
