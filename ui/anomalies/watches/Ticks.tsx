/** Any number of a few choices. */
interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Props {
  title: string;
  text?: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange(chosen: readonly string[]): void;
}

export function Ticks({ title, text, choices, chosen, onChange }: Props) {
  return (
    <fieldset className="ticks">
      <legend className="field-label">{title}</legend>
      {text !== undefined && <p className="muted">{text}</p>}
      {choices.map(({ value, label }) => (
        <label key={value} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) =>
              onChange(
                currentTarget.checked
                  ? [...chosen, value]
                  : chosen.filter((each) => each !== value),
              )
            }
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
