import type { BaseUrl } from '../../../gateway/own-urls.ts';
import { type ProblemName, problemClasses } from '../../../problem.ts';
import { contentPlace, type Place, type Places, policyOf, redirectPlace } from '../place.ts';
import { stylePlace } from '../style-place.ts';
import { classPage, indexPage } from './page.ts';

/** Where the `type` of every problem document points. */
const root = '/ref/fouten';

const policy = policyOf({ 'style-src': "'self'", 'img-src': 'data:' });

const [styleName, style] = stylePlace;

/**
 * The pages about errors: one for each class of problem documents, and a list of them. Their links are relative, as
 * a base URL may have a path.
 *
 * @param canonical the base URL of the addresses in the examples
 */
export function errorPlaces(canonical: BaseUrl): Places {
  const names = Object.keys(problemClasses) as ProblemName[];
  return [
    [root, redirectPlace('fouten/')],
    [`${root}/`, page(indexPage(names, styleName))],
    [`${root}/${styleName}`, style],
    ...names.flatMap((name) => [
      [`${root}/${name}`, redirectPlace(`${name}/`)] as const,
      [`${root}/${name}/`, page(classPage(name, `../${styleName}`, `${canonical}${root}/${name}/`))] as const,
    ]),
  ];
}

function page(text: string): Place {
  return contentPlace('text/html; charset=utf-8', text, 'ask', policy);
}
