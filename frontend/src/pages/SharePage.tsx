/** Where a share link leads. */
import { useOpenShareLink } from '../hooks/useMembers';
import { t } from '../i18n';
import { LinkPage } from './LinkPage';

export default function SharePage() {
  const words = t().app;
  return (
    <LinkPage enter={useOpenShareLink()} waiting={words.openingLink} failed={words.linkBroken} />
  );
}
