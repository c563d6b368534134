import { type Operation, operationId, type Resource } from '../../contract/resource.ts';
import { type Json, scalarText } from '../../json.ts';
import type { ApiName, Check, Failure } from './check.ts';
import { NotTried, Stopped } from './check.ts';
import { type Exchange, objectIn, patientExchange, resultsIn, summaryOf } from './client.ts';
import { declaredFor } from './declarations.ts';
import type { Identity } from './identities.ts';
import { uuidOf } from './made.ts';
import type { Need } from './reach.ts';
import type { Api, Run } from './run.ts';

/** What a request says beyond its place. */
export interface Ask {
  readonly uuid?: string;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: Identity;
  /** Default: the method of the operation. */
  readonly method?: string;
}

const methods: Readonly<Record<Operation, string>> = {
  list: 'GET',
  create: 'POST',
  read: 'GET',
  update: 'PUT',
  partial_update: 'PATCH',
  delete: 'DELETE',
};

/** What a check works with: it asks the implementation things, and tells what is not as it should be. */
export interface Context {
  readonly run: Run;
  readonly api: Api;
  readonly failures: readonly Failure[];
  /** How many requests it sent. */
  readonly asked: number;
  /** What a name means in the API of the check; a name that it does not have is that of a newer API. */
  resource(name: string): Resource;
  /** Another API than that of the check. Throws NotTried when it was not given. */
  otherApi(name: ApiName): Api;
  /** Asks for an operation, and holds every answer against our OpenAPI document. Throws NotTried for a 501. */
  ask(resource: Resource, operation: Operation, ask?: Ask): Promise<Exchange>;
  /** Asks for any other place of an API, such as `/klanten/…/audittrail`. */
  askAt(method: string, path: string, ask?: Ask): Promise<Exchange>;
  /** Tells that something is not as expected, if it is not; gives whether it is. */
  expect(isSo: boolean, about: Exchange, expected: string, came?: string): boolean;
  /** Tells of a failure that is not about one answer. */
  tell(failure: Failure): void;
  /** Throws NotTried when the implementation does not reach what the check needs. */
  needs(...needs: readonly Need[]): Promise<void>;
}

/** Which item of a list an objection is about. */
const inList = /^(?:\/results)?\/(\d+)(?=\/)/;

/** Opens the context of one check. */
export function contextOf(run: Run, check: Check): Context {
  const failures: Failure[] = [];
  const api = apiOf(run, check.api);
  /** How many records the check made, by operation id. */
  const created = new Map<string, number>();
  let asked = 0;

  function fail(failure: Failure): void {
    const isTold = failures.some((one) => one.sent === failure.sent && one.expected === failure.expected);
    if (!isTold) failures.push(failure);
  }

  function expect(isSo: boolean, about: Exchange, expected: string, came = summaryOf(about)): boolean {
    if (!isSo) fail({ sent: about.sent, expected, came });
    return isSo;
  }

  async function send(to: Api, method: string, path: string, ask: Ask): Promise<Exchange> {
    const { body, query = {}, headers = {}, as = 'client' } = ask;
    const parameters = new URLSearchParams(query).toString();
    const authorization = await run.identities.authorization(as);
    const request = {
      method,
      url: `${to.base}${path}${parameters === '' ? '' : `?${parameters}`}`,
      headers: {
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    };
    asked += 1;
    const answer = await patientExchange(request, run.timeoutMs).catch((error: unknown) => {
      fail({ sent: `${method} ${to.base}${path}`, expected: 'an answer', came: wordOf(error) });
      throw new Stopped();
    });
    if (!answer.headers.has('API-version')) run.unversioned.get(to.name)?.push(answer.sent);
    if (answer.status >= 400) expectProblem(to, answer);
    return answer;
  }

  /** A HEAD has no body to look at. */
  function expectProblem({ described }: Api, answer: Exchange): void {
    if (answer.method === 'HEAD') return;
    const type = answer.headers.get('Content-Type') ?? 'nothing';
    const { status, instance } = objectIn(answer);
    expect(
      type.startsWith('application/problem+json'),
      answer,
      'application/problem+json',
      `${answer.status}, ${type}`,
    );
    const objections = [
      ...described.objectionsToProblem(answer.body),
      ...(status === answer.status ? [] : ['its status is not that of the answer']),
      ...((scalarText(instance) ?? '').startsWith('urn:uuid:') ? [] : ['its instance is no urn:uuid']),
    ];
    expect(
      objections.length === 0,
      answer,
      'a problem document',
      `${summaryOf(answer)}: ${objections.join('; ')}`,
    );
  }

  function expectDescribed({ described }: Api, id: string, answer: Exchange): void {
    const objections = answer.method === 'HEAD' ? [] : described.objectionsTo(id, answer.status, answer.body);
    const ours = objections.filter((objection) => !isAboutAnother(answer, objection));
    const expected = `an answer as described by the OpenAPI document for ${id}`;
    expect(ours.length === 0, answer, expected, `${answer.status}: ${ours.slice(0, 5).join('; ')}`);
    for (const objection of objections)
      if (!ours.includes(objection)) run.remarks.add(`${id}: ${objection.replace(inList, '')}`);
  }

  /** Of a list, what was there before is not what is being tried. */
  function isAboutAnother(answer: Exchange, objection: string): boolean {
    const index = inList.exec(objection)?.[1];
    if (index === undefined) return false;
    return !run.made.has(uuidOf(scalarText(resultsIn(answer)[Number(index)]?.url) ?? ''));
  }

  return {
    run,
    api,
    failures,
    get asked() {
      return asked;
    },
    resource: (name) => declaredFor(check.api, name),
    otherApi: (name) => apiOf(run, name),
    expect,
    tell: fail,
    needs: async (...needs) => {
      for (const need of needs) await run.reach(need);
    },
    askAt: (method, path, ask = {}) => send(api, method, path, ask),
    async ask(resource, operation, ask = {}) {
      const to = apiOf(run, resource.api as ApiName);
      const id = operationId(resource, operation);
      const path = `/${resource.plural}${ask.uuid === undefined ? '' : `/${ask.uuid}`}`;
      const answer = await send(to, ask.method ?? methods[operation], path, ask);
      if (answer.status === 501) throw new NotTried(whyNot(id, created.get(id) ?? 0));
      if (operation === 'create' && answer.status === 201) {
        run.made.add(to, resource, answer);
        created.set(id, (created.get(id) ?? 0) + 1);
      }
      if (operation === 'delete' && answer.status === 204) run.made.forget(ask.uuid ?? '');
      if (answer.status < 400) expectDescribed(to, id, answer);
      return answer;
    },
  };
}

/** What a 501 says: that an operation is not offered; or not once more, where the check did it already. */
function whyNot(id: string, madeBefore: number): string {
  const said = `the implementation answers 501 to ${id}`;
  if (madeBefore === 0) return `${said}: it does not offer it, or not of so much`;
  return madeBefore === 1
    ? `${said}: the first was made, the second got 501`
    : `${said}: ${madeBefore} were made, the next got 501`;
}

function apiOf({ apis }: Run, name: ApiName): Api {
  const api = apis.get(name);
  if (!api) throw new NotTried(`the ${name} API was not given`);
  return api;
}

/** Why there was no answer, without what was sent. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.name === 'TimeoutError' ? 'no answer within the time' : 'no answer: the connection failed';
}
