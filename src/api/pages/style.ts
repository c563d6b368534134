/** What all pages share. */
const base = `* { box-sizing: border-box; }
body { margin: 0; font-family: system-ui, sans-serif; line-height: 1.5; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
`;

/**
 * The frame around Swagger UI, whose own stylesheet is for light and wide screens. So the frame is light as well,
 * and on a narrow screen the cells of its tables stand below each other.
 */
export const viewerStyle = `${base}header, main { max-width: 91rem; padding: 0; }
body { background: #fff; color: #1b1b1b; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; padding: 1rem 20px 0; }
nav a { color: #0b4f94; }
noscript { display: block; padding: 0 20px; }
.swagger-ui .parameters-col_description :is(input, select)[disabled] { display: none; }
@media (max-width: 40rem) {
  .swagger-ui .opblock-body :is(table, tbody, tr, td) { display: block; width: auto; max-width: none; padding-left: 0; }
  .swagger-ui .opblock-body thead { display: none; }
  .swagger-ui .opblock-body td { padding-bottom: 0; overflow-wrap: anywhere; }
  .swagger-ui .opblock-body tr { padding: 0 0 0.75rem; }
}
`;

/** The pages about errors. Colours have a contrast of 7:1 or more, in the light as in the dark. */
export const errorStyle = `${base}:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1b1b; --quiet: #4a4a4a; --link: #0b4f94; --line: #c4c4c4; --code: #f1f3f5;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #ededed; --quiet: #c0c4c9; --link: #9cc9ff; --line: #4b5057; --code: #24282d; }
}
body { background: var(--paper); color: var(--ink); }
header { padding-bottom: 0; }
main { padding-bottom: 4rem; }
a { color: var(--link); }
h1 { margin: 0.5rem 0 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 0.25rem; font-size: 1rem; }
p, li { max-width: 42rem; }
p { margin: 0.5rem 0; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; }
li { margin: 0.25rem 0; }
.title { margin: 0.25rem 0 1rem; font-size: 1.125rem; color: var(--quiet); }
code { padding: 0.1em 0.3em; border-radius: 3px; background: var(--code); font-size: 0.9em; overflow-wrap: anywhere; }
pre { margin: 0.5rem 0; padding: 1rem; border-radius: 4px; background: var(--code); font-size: 0.9rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { padding: 0; background: none; font-size: inherit; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
tbody th { width: 16rem; font-weight: 400; }
.status { width: 5rem; }
@media (max-width: 40rem) {
  tbody th { width: 42%; }
  .status { width: 3.5rem; }
}
`;
