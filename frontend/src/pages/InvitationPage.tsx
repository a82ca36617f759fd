/** Where an invitation's link leads. */
import { useAcceptInvitation } from '../hooks/useMembers';
import { t } from '../i18n';
import { LinkPage } from './LinkPage';

export default function InvitationPage() {
  const words = t().app;
  return (
    <LinkPage
      enter={useAcceptInvitation()}
      waiting={words.accepting}
      failed={words.invitationBroken}
    />
  );
}
