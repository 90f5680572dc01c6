/** Rules of the stylesheet. Not a .css file: it is shipped inside the program, and hashed. */
export const SHEET = `
:root {
  color-scheme: light dark;
  --ground: #f3f4f6; --surface: #ffffff; --text: #1a1d21; --quiet: #565d68; --line: #d5d9df; --field: #868e99;
  --alarm: #a3241b; --alarm-ground: #fdf1f0; --well: #f3f4f6; --yes: #17653a;
  --shadow: 0 1px 2px rgb(0 0 0 / 5%), 0 8px 28px rgb(0 0 0 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111317; --surface: #1b1e24; --text: #eceef1; --quiet: #a9b1bc; --line: #363b44; --field: #7b838f;
    --alarm: #ffa79f; --alarm-ground: #33191a; --well: #14171b; --yes: #7fd6a1; --shadow: none;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  background: var(--surface); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "DejaVu Sans", sans-serif;
}
body::before { content: ""; align-self: stretch; height: 4px; background: var(--brand); flex: none; }
main { width: 100%; max-width: 27rem; padding: 1.75rem 1.25rem 2.5rem; }
main.wide { max-width: 60rem; }
@media (min-width: 30em) {
  body { background: var(--ground); justify-content: flex-start; padding-bottom: 3rem; }
  main {
    margin-top: clamp(1.5rem, 11vh, 7rem); padding: 2rem 2.25rem 2.25rem;
    background: var(--surface); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow);
  }
  main.wide { margin-top: 2.5rem; width: calc(100% - 2rem); }
}
.brand { display: flex; align-items: center; gap: .625rem; margin: 0 0 1.75rem; font-weight: 600; line-height: 1.25; }
.mark {
  flex: none; width: 2.25rem; height: 2.25rem; border-radius: 8px; display: grid; place-items: center;
  background: var(--brand); color: var(--on-brand); border: 1px solid var(--edge); font-size: 1.125rem; line-height: 1;
}
h1 { margin: 0 0 .375rem; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 2rem 0 .625rem; font-size: 1.0625rem; line-height: 1.3; }
h3 { margin: 1.25rem 0 .5rem; font-size: .9375rem; color: var(--quiet); }
p { margin: 0 0 1rem; }
.lead, .quiet { color: var(--quiet); }
.small { font-size: .875rem; }
h1 + form, h1 + .box { margin-top: 1.5rem; }
.lead { margin-bottom: 1.5rem; }
.lead bdi { color: var(--text); font-weight: 550; }
form { margin: 0; }
label, .label { display: block; margin: 0 0 .375rem; font-weight: 550; font-size: .9375rem; }
.hint { margin: .5rem 0 0; color: var(--quiet); font-size: .875rem; }
input[type=text] {
  display: block; width: 100%; min-height: 3rem; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--surface); border: 1px solid var(--field); border-radius: 8px;
}
input[aria-invalid=true] { border-color: var(--alarm); }
input.code { font: 1.375rem/1.4 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .12em; text-align: center; text-transform: uppercase; }
input.copy { min-height: 2.5rem; padding: .375rem .5rem; background: var(--well); border-color: var(--line); font: .8125rem/1.4 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace; }
button, .button {
  display: block; width: 100%; min-height: 3rem; margin: 1.25rem 0 0; padding: .625rem 1rem; font: inherit; font-weight: 600;
  line-height: 1.35; text-align: center; text-decoration: none; border-radius: 8px; cursor: pointer;
  color: var(--on-brand); background: var(--brand); border: 1px solid var(--edge);
}
button.second, .button.second { margin-top: .75rem; color: var(--text); background: transparent; border-color: var(--field); }
button:hover, .button:hover { box-shadow: inset 0 0 0 100vmax rgb(127 127 127 / 14%); }
button.narrow { width: auto; min-height: 2.75rem; margin: 0; padding: .375rem .875rem; font-size: .9375rem; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.more { margin: 1.25rem 0 0; text-align: center; font-size: .9375rem; }
.more a { display: inline-block; padding: .375rem .5rem; }
.box { margin: 0 0 1.25rem; padding: .75rem .875rem; border-radius: 8px; background: var(--well); border: 1px solid var(--line); font-size: .9375rem; }
.box.fine { color: var(--yes); border-color: currentcolor; }
.box.alarm { color: var(--alarm); background: var(--alarm-ground); border-color: currentcolor; }
.choices { list-style: none; margin: 0; padding: 0; display: grid; gap: .625rem; }
.choices button {
  display: flex; align-items: center; gap: .75rem; margin: 0; text-align: start; padding: .625rem .75rem;
  color: var(--text); background: transparent; border-color: var(--field); font-weight: 550;
}
.choices .mark { width: 2rem; height: 2rem; font-size: 1rem; background: var(--well); color: var(--text); border-color: var(--line); }
.choices small { display: block; font-weight: 400; font-size: .875rem; color: var(--quiet); }
.reference { margin: 1.75rem 0 0; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.usercode { margin: 0 0 1.25rem; padding: .625rem; text-align: center; border-radius: 8px; background: var(--well); border: 1px solid var(--line); font: 1.625rem/1.4 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .12em; }
.plain { margin: 0 0 1rem; padding-inline-start: 1.25rem; }
.plain li { margin: .25rem 0; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows li { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: space-between; padding: .875rem 0; border-top: 1px solid var(--line); }
.rows p { margin: 0; }
.part { padding-top: 1.25rem; border-top: 1px solid var(--line); }
pre, code { font: .8125rem/1.55 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 0; padding: .75rem .875rem; overflow-x: auto; overflow-wrap: normal; border-radius: 8px; background: var(--well); border: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { width: 100%; min-width: 38rem; border-collapse: collapse; font-size: .875rem; }
table.facts { min-width: 0; }
th, td { padding: .5rem .75rem .5rem 0; text-align: start; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-weight: 550; white-space: nowrap; }
tbody th { font-weight: 550; }
tbody th { min-width: 8rem; }
.yes { color: var(--yes); font-weight: 600; }
.no { color: var(--alarm); font-weight: 600; }
@media (forced-colors: active) { .mark, button, .button { border-color: ButtonBorder; } }
@media print { body::before, button, .button { display: none; } }
`
