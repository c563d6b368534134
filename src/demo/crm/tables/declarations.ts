import { codesOf, number, oneOf, required, text, timestamp } from './columns.ts';
import {
  anyNumber,
  documentIn,
  equals,
  equalsAnyCase,
  equalsOrStart,
  from,
  starOr,
  until,
} from './criteria.ts';
import type { Declaration, TableName } from './declaration.ts';
import { seedActivities } from './seed-activities.ts';
import { seedInvolved, seedLinks, seedParticipants } from './seed-links.ts';
import { seedRequests } from './seed-requests.ts';
import { subjects } from './seed-subjects.ts';

/** The main contact is in one of two columns, each with its own search. */
const mainContact = {
  HOOFDREL: starOr(['HOOFDREL'], anyNumber),
  HOOFDURL: starOr(['HOOFDURL'], equals),
} as const;

const authority = oneOf(['G', 'M'], 'VLD009');

/** Every table but RELATIES. */
export const declarations: Readonly<Record<TableName, Declaration>> = {
  activiteiten: {
    title: 'Activiteit',
    key: 'ACTNR',
    columns: {
      BRON: text, // RSIN of the organisation that has it, not checked
      TIJDST: timestamp,
      KAN: text, // channel
      VKAN: text, // preferred channel
      TEKST: text,
      INIT: oneOf(['G', 'K'], 'VLD006'), // who began: G the municipality, K the customer
      MDWURL: text, // the employee: where, or else who
      MDWID: text,
      MDWNM: text, // surname
      MDWVL: text, // initials
      MDWVV: text, // prefix of the surname
      VORIGNR: number, // the previous activity
      HOOFDREL: number, // RELNR of the main contact ...
      HOOFDURL: text, // ... or where somebody else keeps it
      ONDCD: codesOf('onderwerpen', 'VLD010'), // subjects, joined by ;
      ONDURL: text, // subjects that somebody else keeps, one a line
    },
    quoted: ['TEKST', 'HOOFDREL', 'MDWNM'],
    search: {
      ACTNR: anyNumber,
      VORIGNR: anyNumber,
      ...mainContact,
      BRON: equals,
      KAN: equalsAnyCase,
      VKAN: equalsAnyCase,
      INIT: equals,
      MDWURL: equals,
      TIJDVAN: from('TIJDST'),
      TIJDTM: until('TIJDST'),
    },
    cascades: [{ table: 'deelnemers', column: 'ACTNR' }],
    readOnly: false,
    seed: seedActivities,
  },

  deelnemers: {
    title: 'Deelnemer',
    key: 'DLNNR',
    columns: {
      ACTNR: required('activiteiten'),
      RELNR: number,
      RELURL: text,
      ROL: oneOf(['B', 'G'], 'VLD007'), // B belanghebbende, G gesprekspartner
    },
    quoted: ['RELNR', 'RELURL'],
    search: { DLNNR: anyNumber, ACTNR: anyNumber, RELNR: anyNumber, RELURL: equals, ROL: equals },
    cascades: [],
    readOnly: false,
    seed: seedParticipants,
  },

  onderwerpen: {
    title: 'Onderwerp',
    key: 'CODE',
    columns: { OMS: text, URL: text },
    quoted: [],
    search: { CODE: equals },
    cascades: [],
    readOnly: true,
    seed: () => subjects,
  },

  aanvragen: {
    title: 'Aanvraag',
    key: 'AANVNR',
    columns: {
      KENM: text, // how the customer knows it: VERZOEK-2023-0000000007
      BRON: text, // RSIN of the organisation that has it, not checked
      EXTKENM: text, // how another system knows it
      TIJDST: timestamp,
      VKAN: text, // preferred channel
      TEKST: text,
      STAT: oneOf(['10', '20', '30', '40', '50'], 'VLD008'), // received, in progress, done, rejected, withdrawn
      INTRNR: number, // the request that this one withdraws
      AANVNRVAN: number, // the request that this one supplements
      PRODURL: text,
      PRODCD: text,
      HOOFDREL: number, // RELNR of the main contact ...
      HOOFDURL: text, // ... or where somebody else keeps it
      HOOFDMACHT: authority, // G gemachtigde, M machtiginggever
      NOTITIE: text, // free; its lines `DOC <url>` are the attached documents
    },
    quoted: ['KENM', 'TEKST', 'HOOFDREL'],
    search: {
      AANVNR: anyNumber,
      INTRNR: anyNumber,
      AANVNRVAN: anyNumber,
      ...mainContact,
      KENM: equalsOrStart,
      BRON: equals,
      EXTKENM: equals,
      VKAN: equalsAnyCase,
      STAT: equals,
      TIJDVAN: from('TIJDST'),
      TIJDTM: until('TIJDST'),
      PRODURL: starOr(['PRODURL', 'PRODCD'], equals),
      PRODCD: equals,
      DOC: documentIn('NOTITIE'),
    },
    cascades: [
      { table: 'betrokkenen', column: 'AANVNR' },
      { table: 'koppelingen', column: 'AANVNR' },
    ],
    readOnly: false,
    seed: seedRequests,
  },

  betrokkenen: {
    title: 'Betrokkene',
    key: 'BTRNR',
    columns: {
      AANVNR: required('aanvragen'),
      RELNR: number,
      RELURL: text,
      ROL: oneOf(['B', 'I', 'M'], 'VLD007'), // B belanghebbende, I initiator, M mede_initiator
      MACHT: authority,
    },
    quoted: ['RELNR', 'RELURL'],
    search: { BTRNR: anyNumber, AANVNR: anyNumber, RELNR: anyNumber, RELURL: equals, ROL: equals },
    cascades: [],
    readOnly: false,
    seed: seedInvolved,
  },

  koppelingen: {
    title: 'Koppeling',
    key: 'KOPNR',
    columns: {
      AANVNR: required('aanvragen'),
      ACTNR: number,
      ACTURL: text,
    },
    quoted: ['AANVNR', 'ACTNR', 'ACTURL'],
    search: { KOPNR: anyNumber, AANVNR: anyNumber, ACTNR: anyNumber, ACTURL: equals },
    cascades: [],
    readOnly: false,
    seed: seedLinks,
  },
};
