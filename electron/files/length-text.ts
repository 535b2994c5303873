/** How long, to the eye: `moins d’une seconde`, `90 secondes`, `12 minutes`, `3 heures`, `12 jours`, `4 ans`. */
export function lengthText(seconds: number): string {
  if (seconds < 0.5) return 'moins d’une seconde';
  if (seconds < 1.5) return '1 seconde';
  if (seconds < 120) return `${Math.round(seconds)} secondes`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} heures`;
  const days = Math.round(seconds / 86_400);
  return days < 731 ? `${days} jours` : `${Math.round(days / 365.25)} ans`;
}
