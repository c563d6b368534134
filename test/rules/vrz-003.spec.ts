import { specifyLink } from '../verzoeken/link-rule.ts';

specifyLink({
  rule: 'vrz-003',
  title: 'zetten van het attribuut aanvullendeVerzoek op basis van aangevuldeVerzoek',
  link: 'aangevuldeVerzoek',
  inverse: 'aanvullendeVerzoek',
});
