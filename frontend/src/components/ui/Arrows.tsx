/** Text in which no line ends in the middle of an arrow. */
import classes from './Arrows.module.css';

export function Arrows({ text }: { text: string }) {
  // The split alternates: text, arrow, text ...
  return text.split(/(<?[-=]+>+)/).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never move
      <span key={place} className={classes.arrow}>
        {part}
      </span>
    ),
  );
}
