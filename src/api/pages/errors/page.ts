import { STATUS_CODES } from 'node:http';
import { type ProblemName, problemClasses } from '../../../problem.ts';
import { type Markup, markup, pageText, prose } from '../markup.ts';
import { complaintCodes } from './complaints.ts';
import { type Explanation, explanations } from './explanations.ts';

/** The list of all classes, as HTML. */
export function indexPage(names: readonly ProblemName[], style: string): string {
  const rows = names.map((name) => {
    const { status, title } = problemClasses[name];
    return markup`<tr><td class="status">${status}</td><th scope="row"><a href="${name}/">${breakable(name)}</a></th><td>${title}</td></tr>\n`;
  });
  const body = markup`<main>
<h1>Foutmeldingen</h1>
<p>Elke fout is een document van het mediatype <code>application/problem+json</code>. Het veld <code>type</code> verwijst naar een van deze pagina&rsquo;s, <code>code</code> zegt precies wat er is, en <code>instance</code> is de identificatie van deze ene fout: vermeld die als je de beheerder om hulp vraagt.</p>
<table>
<thead><tr><th scope="col" class="status">Status</th><th scope="col">Soort</th><th scope="col">Titel</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</main>`;
  return pageText({ title: 'Foutmeldingen', styles: [style], body });
}

/**
 * What a client's developer wants to know of one class, as HTML.
 *
 * @param type the class's own address, for its example
 */
export function classPage(name: ProblemName, style: string, type: string): string {
  const { status, title } = problemClasses[name];
  const { when, whatToDo, codes }: Explanation = explanations[name];
  const body = markup`<header><nav aria-label="Overzicht"><a href="../">Alle foutmeldingen</a></nav></header>
<main>
<h1>${breakable(name)}</h1>
<p class="title">${title}</p>
<p>HTTP-status ${status} (${STATUS_CODES[status] ?? ''})</p>
<h2>Wanneer</h2>
<p>${prose(when)}</p>
<h2>Wat te doen</h2>
<ul>
${whatToDo.map((step) => markup`<li>${prose(step)}</li>\n`)}</ul>
<h2>Codes</h2>
${codeTable(codes)}
${name === 'ValidationError' ? complaintTables() : markup``}<h2>Voorbeeld</h2>
<pre><code>${JSON.stringify(exampleOf(name, type), undefined, 2)}</code></pre>
</main>`;
  return pageText({ title: `${name} (${status}) - Foutmeldingen`, styles: [style], body });
}

function complaintTables(): Markup {
  const tables = Object.entries(complaintCodes).map(
    ([subject, codes]) => markup`<h3>${subject}</h3>\n${codeTable(codes)}\n`,
  );
  return markup`<h2>Codes in <code>invalidParams</code></h2>
${tables}`;
}

function codeTable(codes: Readonly<Record<string, string>>): Markup {
  const rows = Object.entries(codes).map(
    ([code, meaning]) =>
      markup`<tr><th scope="row"><code>${breakable(code)}</code></th><td>${prose(meaning)}</td></tr>\n`,
  );
  return markup`<table>
<thead><tr><th scope="col">Code</th><th scope="col">Betekenis</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
}

/** A name that a narrow screen may break between its words. */
function breakable(name: string): Markup {
  const words = name.split(/(?<=[a-z])(?=[A-Z])|(?<=_)/);
  return markup`${words.map((word, index) => (index === 0 ? markup`${word}` : markup`<wbr>${word}`))}`;
}

/** A problem document of this class, as `api/problems.ts` writes it. */
function exampleOf(name: ProblemName, type: string): object {
  const { status, title, code } = problemClasses[name];
  const { detail, ...more } = explanations[name].example;
  return {
    type,
    code,
    title,
    status,
    detail,
    instance: 'urn:uuid:6b6f1c1e-6d0c-4f0a-9d3b-2f5a8d0c7e41',
    ...more,
  };
}
