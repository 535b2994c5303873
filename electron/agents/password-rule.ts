import { type Checked, invalid, valid } from '../../shared/domain/checked';

export const PASSWORD_MIN_LENGTH = 12;

/** What people choose when asked for twelve characters; compared without case, accents or separators. */
const COMMON_PASSWORDS = new Set([
  'motdepasse', 'motdepasse1', 'motdepasse12', 'motdepasse123', 'motdepasse1234', 'monmotdepasse', 'nouveaumotdepasse',
  'password', 'password1', 'password12', 'password123', 'password1234', 'password12345', 'passwordpassword',
  'azertyuiop', 'azertyuiop1', 'azertyuiop12', 'azertyuiop123', 'azertyuiopqsdfghjklm', 'azertyazerty', 'qwertyuiop',
  'qwertyuiop12', 'qwertyuiop123', 'qwertyqwerty', 'qwertyuiopasdfghjkl', '1q2w3e4r5t6y', '1qaz2wsx3edc', '1234azertyuiop',
  'administrateur', 'administrateur1', 'administration', 'adminadmin', 'adminadminadmin', 'administrator', 'apientreprise',
  'bienvenue', 'bienvenue123', 'bienvenue1234', 'bonjourbonjour', 'marchespublics', 'collectivite', 'responsable123',
  'iloveyou1234', 'jetaimejetaime', 'jetaime12345', 'soleilsoleil', 'loulouloulou', 'doudoudoudou', 'footballfootball',
  'letmein12345', 'changezmoi', 'changezmoi123', 'changeme1234', 'temporaire123', 'instruire123', 'instruireinstruire',
  'azerty123456', 'azerty1234567', '123456azerty', 'qwerty123456', '123456qwerty', 'abcdef123456', '123456abcdef',
]);

const SEQUENCES = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyz', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm'];

/**
 * Length before composition (NIST SP 800-63B; CNIL, délibération 2022-100): twelve characters,
 * not the login, nothing that everybody tries first.
 */
export function checkPassword(password: string, login: string): Checked<string> {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH) {
    return invalid(`Choisissez un mot de passe d’au moins ${PASSWORD_MIN_LENGTH} caractères : celui-ci en compte ${length}.`);
  }
  const folded = fold(password);
  const foldedLogin = fold(login);
  if (foldedLogin.length > 2 && withoutDigits(folded) === withoutDigits(foldedLogin)) {
    return invalid('Le mot de passe ne doit pas reprendre l’identifiant : choisissez-en un autre.');
  }
  if (COMMON_PASSWORDS.has(folded) || new Set(folded).size < 4 || SEQUENCES.some((sequence) => sequence.includes(folded))) {
    return invalid('Ce mot de passe est trop courant : une phrase de quelques mots sans rapport est plus sûre et plus facile à retenir.');
  }
  return valid(password);
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function withoutDigits(text: string): string {
  return text.replace(/\d/g, '');
}
