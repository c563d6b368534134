import type { Call, Perform } from '../gateway/perform.ts';
import type { WriteParts } from '../gateway/writing.ts';
import type { KicSettings, View } from './view.ts';

/** What serving the Klantinteracties API takes, besides performing calls on the resources that it shows. */
export interface KicParts extends Pick<WriteParts, 'registers' | 'ownUrls' | 'background'> {
  readonly settings: KicSettings;
}

/** One call to the Klantinteracties API, on its way. */
export interface Conversation extends KicParts {
  readonly view: View;
  readonly call: Call;
  /** Performs calls on our own resources. */
  readonly perform: Perform;
}
