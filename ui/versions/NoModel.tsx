/** The page of a model that there is not, or that has no versions. */
import { Link } from '@tanstack/react-router';
import { keepView } from '../data/search.ts';
import { Absent } from '../parts/Absent.tsx';
import { words } from '../words/versions.ts';

export function NoModel() {
  return (
    <Absent page={words.versions} title={words.absent} text={words.absentText}>
      <Link to="/models" search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}
