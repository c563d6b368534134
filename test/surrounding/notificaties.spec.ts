import { expect } from 'chai';
import type { ServerResponse } from 'node:http';
import { isObject, scalarText } from '../../src/json.ts';
import {
  type NotificatiesSettings,
  type Notification,
  notificatiesPublisher,
  type Publisher,
} from '../../src/surrounding/notificaties.ts';
import { memoryQueue, type NotificationQueue } from '../../src/surrounding/notificaties-queue.ts';
import { rejectionOf } from '../demo/crm.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { until } from '../kit/until.ts';
import { always, hangUp, never, opened } from './opened.ts';

const klantUrl = (id: string): string => `https://klantbrug.example/klanten/api/v1/klanten/${id}`;

/** A change of a klant, told apart from others by its URL and its moment. */
function change(id: string, changes: Partial<Notification> = {}): Notification {
  return {
    kanaal: 'klanten',
    hoofdObject: klantUrl(id),
    resource: 'klant',
    resourceUrl: klantUrl(id),
    actie: 'create',
    aanmaakdatum: '2026-01-01T12:00:00Z',
    kenmerken: { subjectType: 'natuurlijk_persoon' },
    ...changes,
  };
}

describe('Notifications', () => {
  const register = opened();
  let now = 0;
  let publisher: Publisher;

  /** Tries again at once, unless a spec says otherwise; the clock stands still. */
  const settings: NotificatiesSettings = {
    maxQueued: 100,
    concurrency: 1,
    timeoutMs: 5000,
    firstRetryMs: 1,
    longestRetryMs: 1,
    retryForSeconds: 3600,
  };

  function publisherWith(changes: Partial<NotificatiesSettings> = {}, queue?: NotificationQueue): Publisher {
    return notificatiesPublisher(
      register.send(),
      { ...settings, ...changes },
      (event) => register.events.push(event),
      { clock: { now: () => now }, random: () => 0.5, ...(queue ? { queue } : {}) },
    );
  }

  beforeEach(() => {
    now = Date.parse('2026-01-01T12:00:00Z');
    register.answers(always(201, {}));
    publisher = publisherWith();
  });

  afterEach(() => publisher.drain(0));

  /** What arrived, by the last part of the URL and the action. */
  const arrived = () =>
    register.arrivals.map(({ body }) => {
      const { resourceUrl, actie } = isObject(body) ? body : {};
      return `${scalarText(resourceUrl)?.split('/').at(-1) ?? ''} ${scalarText(actie) ?? ''}`;
    });
  const lost = () =>
    register.events.flatMap((event) => (event.event === 'notification-lost' ? [event.reason] : []));

  /** Answers each notification as it is told, one after the other; those after them with 201. */
  function inTurn(...answers: readonly ((response: ServerResponse) => void)[]): void {
    let count = 0;
    register.answers((arrival, response) => {
      const next = answers[count++];
      if (next) next(response);
      else always(201, {})(arrival, response);
    });
  }

  describe('that are published', () => {
    it('arrive as the Notificaties API wants them', async () => {
      publisher.publish(change('a'));
      await publisher.drain(5000);
      expect(register.arrivals.map(({ method, url }) => `${method} ${url.pathname}`)).to.deep.equal([
        'POST /api/v1/notificaties',
      ]);
      expect(register.arrivals[0]?.body).to.deep.equal(change('a'));
      expect(register.events).to.deep.equal([]);
    });

    it('have no blank kenmerken', async () => {
      publisher.publish(change('a', { kenmerken: { subjectType: null, kanaal: '', naam: ' ', x: 'y' } }));
      await publisher.drain(5000);
      expect(register.arrivals[0]?.body).to.have.deep.property('kenmerken', {
        subjectType: 'onbekend',
        kanaal: 'onbekend',
        naam: 'onbekend',
        x: 'y',
      });
    });

    for (const [what, fails] of Object.entries({
      'answered with 500': always(500, {}),
      'answered with 503': always(503, {}),
      'answered with 408': always(408, {}),
      'cut off': hangUp,
      'answered with a page': (_: unknown, response: ServerResponse) => response.end('<html>'),
    })) {
      it(`are tried again when they are ${what}`, async () => {
        let tries = 0;
        register.answers((arrival, response) => {
          tries += 1;
          (tries <= 3 ? fails : always(201, {}))(arrival, response);
        });
        publisher.publish(change('a'));
        await publisher.drain(5000);
        expect(arrived()).to.deep.equal(Array(4).fill('a create'));
        expect(lost()).to.deep.equal([]);
      });
    }

    it('are tried again when nothing is answered in time', async () => {
      publisher = publisherWith({ timeoutMs: 50 });
      inTurn(() => undefined);
      publisher.publish(change('a'));
      await until('it was tried twice', () => arrived().length === 2);
      expect(lost()).to.deep.equal([]);
    });

    for (const status of [301, 400, 401, 403, 404, 410, 422]) {
      it(`are lost at once when they are answered with ${status}`, async () => {
        register.answers(always(status, {}));
        publisher.publish(change('a', { actie: 'destroy' }));
        await publisher.drain(5000);
        expect(arrived()).to.deep.equal(['a destroy']);
        expect(register.events.filter(({ event }) => event === 'notification-lost')).to.deep.equal([
          {
            event: 'notification-lost',
            kanaal: 'klanten',
            resource: 'klant',
            actie: 'destroy',
            reason: 'refused',
          },
        ]);
      });
    }

    it('arrive in order when they are about one hoofdObject, though the first has to be tried again', async () => {
      publisher = publisherWith({ concurrency: 4 });
      inTurn((response) => {
        sendJson(response, {}, 500);
      });
      publisher.publish(change('a'));
      publisher.publish(change('a', { actie: 'update' }));
      publisher.publish(change('a', { actie: 'destroy' }));
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create', 'a create', 'a update', 'a destroy']);
    });

    it('wait for the one before them about the same hoofdObject, while others pass', async () => {
      publisher = publisherWith({ concurrency: 4 });
      const held: ServerResponse[] = [];
      inTurn((response) => held.push(response));
      publisher.publish(change('a'));
      await until('the first is under way', () => held.length === 1);
      publisher.publish(change('a', { actie: 'update' }));
      publisher.publish(change('b'));
      await until('the other one arrived', () => arrived().includes('b create'));
      expect(arrived()).to.deep.equal(['a create', 'b create']);
      for (const response of held) sendJson(response, {}, 201);
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create', 'b create', 'a update']);
    });

    it('are not overlooked by a queue that takes its time', async () => {
      const queue = memoryQueue(10);
      const takes: (() => void)[] = [];
      const slow: NotificationQueue = {
        ...queue,
        async take() {
          const taken = await queue.take();
          await new Promise<void>((resolve) => takes.push(resolve));
          return taken;
        },
      };
      publisher = publisherWith({}, slow);
      publisher.publish(change('a'));
      await until('the queue is asked', () => takes.length === 1);
      takes[0]?.();
      await until('it is asked for more', () => takes.length === 2);
      // The queue saw nothing, and has not said so yet.
      publisher.publish(change('b'));
      takes[1]?.();
      await until('it is asked again', () => takes.length === 3);
      takes[2]?.();
      await until('both arrived', () => arrived().length === 2);
      expect(arrived()).to.deep.equal(['a create', 'b create']);
    });

    it('do not keep those about others waiting while one is tried again and again', async () => {
      register.answers(({ body }, response) => {
        sendJson(response, {}, isObject(body) && body.hoofdObject === klantUrl('a') ? 500 : 201);
      });
      publisher.publish(change('a'));
      publisher.publish(change('b'));
      publisher.publish(change('c'));
      await until(
        'the others arrived',
        () => arrived().includes('b create') && arrived().includes('c create'),
      );
      expect(lost()).to.deep.equal([]);
    });

    it('go on after one of the same hoofdObject is lost', async () => {
      inTurn((response) => {
        sendJson(response, {}, 400);
      });
      publisher.publish(change('a'));
      publisher.publish(change('a', { actie: 'update' }));
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create', 'a update']);
      expect(lost()).to.deep.equal(['refused']);
    });

    it('are under way together, though never more than may be', async () => {
      publisher = publisherWith({ concurrency: 3 });
      const held: ServerResponse[] = [];
      let most = 0;
      register.answers((_, response) => {
        held.push(response);
        most = Math.max(most, held.length);
      });
      for (const id of 'abcdefgh') publisher.publish(change(id));
      for (let done = 0; done < 8; done++) {
        await until('all that may are under way', () => held.length === Math.min(3, 8 - done));
        const next = held.shift();
        if (next) sendJson(next, {}, 201);
      }
      await publisher.drain(5000);
      expect(most).to.equal(3);
      expect(arrived()).to.have.length(8);
    });

    it('are lost when too many wait', async () => {
      publisher = publisherWith({ maxQueued: 2 });
      register.answers(never);
      for (const id of 'abcd') publisher.publish(change(id));
      await until('the others are lost', () => lost().length === 2);
      expect(lost()).to.deep.equal(['queue-full', 'queue-full']);
    });

    it('have room again when others have left', async () => {
      publisher = publisherWith({ maxQueued: 1 });
      publisher.publish(change('a'));
      await until('another one got in', () => {
        publisher.publish(change('b'));
        return arrived().includes('b create');
      });
      expect(arrived()[0]).to.equal('a create');
    });

    it('are lost when they failed for too long', async () => {
      register.answers((_, response) => {
        now += 1000 * 1000;
        sendJson(response, {}, 500);
      });
      publisher.publish(change('a'));
      await publisher.drain(5000);
      expect(arrived()).to.have.length(4);
      expect(lost()).to.deep.equal(['too-old']);
    });

    it('are lost without a try when they waited for too long', async () => {
      register.answers((_, response) => {
        now += 3600 * 1000;
        sendJson(response, {}, 201);
      });
      publisher.publish(change('a'));
      publisher.publish(change('a', { actie: 'update' }));
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create']);
      expect(lost()).to.deep.equal(['too-old']);
    });
  });

  describe('that have to wait', () => {
    it('wait twice as long after each failure, up to the longest wait', async () => {
      publisher = publisherWith({ firstRetryMs: 20, longestRetryMs: 60 });
      const moments: number[] = [];
      register.answers((_, response) => {
        moments.push(performance.now());
        sendJson(response, {}, moments.length < 5 ? 500 : 201);
      });
      publisher.publish(change('a'));
      await until('it was tried five times', () => moments.length === 5);
      const waits = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
      // Three quarters of 20, 40, 60 and 60, as chance is one half here; timers may be a millisecond early.
      const least = [15, 30, 45, 45].map((wait) => wait - 2);
      waits.forEach((wait, index) => {
        expect(wait).to.be.at.least(least[index] ?? Infinity);
      });
    });

    it('wait, all of them, for as long as the register says, and then go together again', async () => {
      publisher = publisherWith({ concurrency: 2 });
      const held: ServerResponse[] = [];
      const busy = (response: ServerResponse) => {
        sendJson(response, {}, 429, { 'Retry-After': '1' });
      };
      const hold = (response: ServerResponse) => held.push(response);
      inTurn(busy, busy, hold, hold);
      const start = performance.now();
      publisher.publish(change('a'));
      publisher.publish(change('b'));
      await until('both are under way again', () => held.length === 2);
      expect(performance.now() - start).to.be.at.least(990);
      expect(arrived().slice(2)).to.have.members(['a create', 'b create']);
      for (const response of held) sendJson(response, {}, 201);
      await publisher.drain(5000);
      expect(lost()).to.deep.equal([]);
    });

    it('are lost at once when the register says to wait for longer than they may', async () => {
      publisher = publisherWith({ retryForSeconds: 60 });
      register.answers((_, response) => {
        sendJson(response, {}, 429, { 'Retry-After': '61' });
      });
      publisher.publish(change('a'));
      await until('it is lost', () => lost().length === 1);
      expect(lost()).to.deep.equal(['too-old']);
    });
  });

  describe('at the end', () => {
    it('get the time to arrive', async () => {
      for (const id of 'abc') publisher.publish(change(id));
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create', 'b create', 'c create']);
    });

    it('take none of it when there are none', async () => {
      const start = performance.now();
      await publisher.drain(60_000);
      expect(performance.now() - start).to.be.below(5000);
    });

    it('are tried once more at once when they wait for another try', async () => {
      publisher = publisherWith({ firstRetryMs: 600_000, longestRetryMs: 600_000 });
      inTurn((response) => {
        sendJson(response, {}, 500);
      });
      publisher.publish(change('a'));
      await until('it failed', () => register.events.length === 1);
      await publisher.drain(5000);
      expect(arrived()).to.deep.equal(['a create', 'a create']);
      expect(lost()).to.deep.equal([]);
    });

    it('are lost, each once, when they did not arrive in that time', async () => {
      const held: ServerResponse[] = [];
      register.answers((_, response) => held.push(response));
      for (const id of 'aabc') publisher.publish(change(id));
      await until('one is under way', () => held.length === 1);
      await publisher.drain(10);
      expect(lost()).to.deep.equal(Array(4).fill('stopped'));
      for (const response of held) sendJson(response, {}, 400);
      await until('the last one was refused', () =>
        register.events.some(({ event }) => event === 'backend-failed'),
      );
      await publisher.drain(0);
      expect(lost()).to.have.length(4);
      expect(arrived()).to.have.length(1);
    });

    it('are lost when they come afterwards', async () => {
      await publisher.drain(0);
      publisher.publish(change('a'));
      expect(lost()).to.deep.equal(['stopped']);
      expect(arrived()).to.deep.equal([]);
    });
  });

  describe('that are delivered strictly', () => {
    const deliver = () => publisher.deliver(change('a', { kenmerken: { subjectType: '' } }), register.work());

    it('have arrived', async () => {
      await deliver();
      expect(register.arrivals[0]?.body).to.have.deep.property('kenmerken', { subjectType: 'onbekend' });
    });

    for (const [what, answer] of Object.entries({
      'refused with 400': always(400, {}),
      'refused with 403': always(403, {}),
      'refused with 404': always(404, {}),
      'answered with 500': always(500, {}),
      'cut off': hangUp,
    })) {
      it(`are 503 and no event of a loss, after one try, when they are ${what}`, async () => {
        register.answers(answer);
        const problem = await rejectionOf(deliver());
        expect(problem).to.include({ status: 503 });
        expect(problem).to.have.nested.property('headers.Retry-After', '5');
        expect(arrived()).to.have.length(1);
        expect(lost()).to.deep.equal([]);
      });
    }

    it('say how long the register wants to be left alone', async () => {
      register.answers((_, response) => {
        sendJson(response, {}, 429, { 'Retry-After': '17' });
      });
      expect(await rejectionOf(deliver())).to.have.nested.property('headers.Retry-After', '17');
    });
  });
});
