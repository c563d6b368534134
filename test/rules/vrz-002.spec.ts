import { specifyLink } from '../verzoeken/link-rule.ts';

specifyLink({
  rule: 'vrz-002',
  title: 'zetten van het attribuut intrekkendeVerzoek op basis van inTeTrekkenVerzoek',
  link: 'inTeTrekkenVerzoek',
  inverse: 'intrekkendeVerzoek',
});
