import { type RunningStandIn, type StandIn, startStandIn } from './start.ts';

/** Runs a stand-in on a free port for the specs of the surrounding `describe`; each spec begins without faults. */
export function runningStandIn(standIn: StandIn): RunningStandIn {
  let running: RunningStandIn;
  before(async () => {
    running = await startStandIn(standIn);
  });
  afterEach(() => {
    running.calm();
    running.forget();
  });
  after(() => running.close());
  return {
    get url() {
      return running.url;
    },
    get requests() {
      return running.requests;
    },
    fault: (fault) => {
      running.fault(fault);
    },
    calm: () => {
      running.calm();
    },
    forget: () => {
      running.forget();
    },
    close: () => running.close(),
  };
}
