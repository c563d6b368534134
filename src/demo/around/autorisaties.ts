import type { Reply } from '../crm/reply.ts';
import type { Row } from './collection.ts';
import { notFound } from './problems.ts';
import type { Register, RegisterCall } from './register.ts';
import type { Settings } from './settings.ts';

/** The applications that are always there: `{root}/applicaties/{uuid}`. */
export const applicatieUuids = [
  'b81f0a3e-5c29-4b7a-9e64-c0d7e2f10001',
  'b81f0a3e-5c29-4b7a-9e64-c0d7e2f10002',
  'b81f0a3e-5c29-4b7a-9e64-c0d7e2f10003',
  'b81f0a3e-5c29-4b7a-9e64-c0d7e2f10004',
] as const;

/** Autorisaties: what the clients of the gateway may do. */
export function autorisatiesRegister(root: string, settings: Settings): Register {
  const applicaties = seedApplicaties(root);
  const readApplicatie = ({ uuid }: RegisterCall): Reply => {
    const body = applicaties.find(({ url }) => url === `${root}/applicaties/${uuid}`);
    return body === undefined ? notFound() : { status: 200, body };
  };
  return {
    title: 'Autorisaties API',
    version: '1.0.0',
    root,
    routes: [
      {
        method: 'GET',
        path: '/applicaties',
        answer: ({ call }) => pageOf(root, applicaties, call.query, settings.paginagrootte),
      },
      { method: 'GET', path: '/applicaties/{uuid}', answer: readApplicatie },
    ],
  };
}

type Applicatie = Row & { readonly url: string; readonly clientIds: readonly string[] };

/** The clients of the demo's configuration: one that may do everything, two that may read; and one that may nothing. */
function seedApplicaties(root: string): readonly Applicatie[] {
  const url = (index: 0 | 1 | 2 | 3) => `${root}/applicaties/${applicatieUuids[index]}`;
  return [
    {
      url: url(0),
      clientIds: ['demo', 'demo-balie'],
      label: 'Klantcontactcentrum',
      heeftAlleAutorisaties: true,
      autorisaties: [],
    },
    {
      url: url(1),
      clientIds: ['demo-lezen'],
      label: 'Alleen lezen',
      heeftAlleAutorisaties: false,
      autorisaties: [
        { component: 'kc', scopes: ['klanten.lezen'] },
        { component: 'cmc', scopes: ['contactmomenten.lezen'] },
        { component: 'vrc', scopes: ['verzoeken.lezen'] },
      ],
    },
    {
      url: url(2),
      clientIds: ['demo-kic'],
      label: 'Alleen lezen, met de oudere code voor alle drie',
      heeftAlleAutorisaties: false,
      autorisaties: [
        { component: 'kic', scopes: ['klanten.lezen', 'contactmomenten.lezen', 'verzoeken.lezen'] },
      ],
    },
    {
      url: url(3),
      clientIds: ['demo-niets'],
      label: 'Zonder autorisaties',
      heeftAlleAutorisaties: false,
      autorisaties: [],
    },
  ];
}

/** A page of the applications that have one of `clientIds`, or of all of them. */
function pageOf(root: string, all: readonly Applicatie[], query: URLSearchParams, size: number): Reply {
  const wanted = query.get('clientIds')?.split(',');
  const found = all.filter(
    ({ clientIds }) => wanted === undefined || clientIds.some((id) => wanted.includes(id)),
  );
  const page = Number(query.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(found.length / size));
  if (!Number.isSafeInteger(page) || page < 1 || page > pages) return notFound();
  const urlOf = (number: number) => {
    if (number < 1 || number > pages) return null;
    return `${root}/applicaties?${new URLSearchParams({ ...Object.fromEntries(query), page: String(number) }).toString()}`;
  };
  const results = found.slice((page - 1) * size, page * size);
  return {
    status: 200,
    body: { count: found.length, next: urlOf(page + 1), previous: urlOf(page - 1), results },
  };
}
