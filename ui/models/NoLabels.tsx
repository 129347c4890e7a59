/** What stands where labels are needed and none has come: the command that sends one. */
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { words as common, labels as words } from '../words/models.ts';
import { labelCommand, predictionCommand } from './exampleCommand.ts';

export function NoLabels({ model }: { model: string }) {
  const time = new Date().toISOString();
  return (
    <Empty title={words.none}>
      <p className="muted">{words.noneText}</p>
      <div className="commands">
        <Command
          label={common.sendPrediction}
          text={predictionCommand(location.origin, time, model)}
        />
        <Command label={common.sendLabel} text={labelCommand(location.origin, time)} />
      </div>
    </Empty>
  );
}
