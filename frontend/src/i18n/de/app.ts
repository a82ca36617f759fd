/** Words used everywhere: signing in, loading, failing, who somebody is. */
import type { Messages } from '../messages';

export const app: Messages['app'] = {
  loading: 'Wird geladen',
  editorMenu: 'Menü des Editors',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  tryAgain: 'Noch einmal versuchen',
  somethingBroke: 'Auf dieser Seite ging etwas schief. Was vorher entstand, ist gespeichert.',
  partMissing:
    'Dieser Teil konnte nicht geladen werden. Vielleicht gibt es eine neuere Fassung der Seite.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.',
  errors: {
    not_authenticated:
      'Die Adresse oder das Passwort stimmt nicht, oder die Anmeldung ist abgelaufen.',
    not_found: 'Das gibt es nicht oder nicht mehr, oder es ist nicht für dein Konto.',
    not_allowed: 'Das erlaubt deine Rolle nicht.',
    rate_limited: 'Zu viele Anfragen. Versuche es gleich noch einmal.',
    unavailable: 'Der Server ist gerade überlastet. Versuche es gleich noch einmal.',
    internal: 'Auf unserer Seite ist etwas schiefgegangen.',
    files_full: 'Für weitere Bilder ist kein Platz mehr.',
  },
  serverError: (status) => `Der Server antwortete mit einem Fehler (${status}).`,
  withId: (message, id) => `${message} (Fehler ${id})`,
  someone: 'jemand',
  justNow: 'gerade eben',
  allCanvases: 'Alle Zeichenflächen',
  pages: 'Seiten',
  canvases: 'Zeichenflächen',
  jobs: 'Aufträge',
  settings: 'Einstellungen',
  account: 'Konto',
  signOut: 'Abmelden',
  skip: 'Zum Inhalt springen',
  tagline: 'Beschreib es, und es wird gezeichnet',
  subtitle: 'Eine Zeichenfläche für dein Team, die aus Worten Diagramme macht.',
  email: 'E-Mail',
  password: 'Passwort',
  name: 'Name',
  showPassword: 'Eingabe zeigen',
  signIn: 'Anmelden',
  signInWith: (name) => `Anmelden mit ${name}`,
  orWithPassword: 'oder mit Passwort',
  signInFailed: 'Die Anmeldung ist nicht gelungen. Versuche es noch einmal.',
  signInFailures: {
    cancelled: 'Die Anmeldung wurde abgebrochen.',
    expired:
      'Die Anmeldung hat zu lange gedauert oder begann in einem anderen Browser. Versuche es noch einmal.',
    provider:
      'Der Anmeldedienst ist nicht erreichbar oder antwortet nicht richtig. Versuche es später noch einmal.',
    untrusted:
      'Die Antwort des Anmeldedienstes ließ sich nicht prüfen. Wende dich an eure Administration.',
    unverified:
      'Der Anmeldedienst hat deine E-Mail-Adresse nicht bestätigt. Bestätige sie zuerst dort.',
    domain: 'Mit deiner E-Mail-Adresse kann man sich hier nicht anmelden.',
    not_invited: 'Konten gibt es hier nur mit Einladung, und diese Adresse hat niemand eingeladen.',
    closed: 'Hier werden keine neuen Konten angelegt. Wende dich an eure Administration.',
    disabled: 'Dieses Konto ist gesperrt. Wende dich an eure Administration.',
    taken:
      'Das Konto mit deiner E-Mail-Adresse gehört jemand anderem. Wende dich an eure Administration.',
  },
  newHere: 'Neu hier? Gib deinen Namen an',
  createAccount: 'Konto anlegen',
  invitedOnly: 'Konten gibt es hier nur mit Einladung.',
  needEmail: 'Gib deine E-Mail-Adresse ein.',
  needPassword: 'Gib ein Passwort ein.',
  shortPassword: (least) => `Ein Passwort braucht mindestens ${least} Zeichen.`,
  strangeEmail: 'Das ist keine E-Mail-Adresse.',
  needName: 'Gib den Namen ein, den andere sehen sollen.',
  accepting: 'Einladung wird angenommen',
  invitationBroken: 'Diese Einladung kann nicht verwendet werden',
  signInForLink:
    'Melde dich an oder lege ein Konto an, um die mit dir geteilte Zeichenfläche zu öffnen.',
  linkBroken: 'Dieser Link kann nicht verwendet werden',
  openingLink: 'Geteilte Zeichenfläche wird geöffnet',
  incompleteLink: 'Der Link ist unvollständig. Bitte noch einmal darum.',
};
