/** Files of models in a bucket of a store that speaks S3, each an object under its hash. */
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { S3Access } from './artifactAccess.ts';
import { askS3, type S3Answer, type S3Pace, type S3Request } from './s3Request.ts';
import { artifactOf, checkedBytes, expectSha256 } from './sha256.ts';

/** @param pace other tries and times; for tests */
export function createS3Artifacts(access: S3Access, pace?: S3Pace): ArtifactStore {
  const place = `s3://${[access.bucket, access.prefix].filter((part) => part !== '').join('/')}`;

  function ask(method: S3Request['method'], sha256: string, body?: Uint8Array): Promise<S3Answer> {
    expectSha256(sha256);
    const key = access.prefix === '' ? sha256 : `${access.prefix}/${sha256}`;
    return askS3(access, { method, key, ...(body === undefined ? {} : { body }) }, pace);
  }

  return {
    async put(bytes) {
      const artifact = artifactOf(bytes);
      const answer = await ask('PUT', artifact.sha256, bytes);
      if (!isWell(answer)) throw refused(answer, access, place);
      return artifact;
    },

    async get(sha256) {
      const answer = await ask('GET', sha256);
      if (!isWell(answer)) throw refused(answer, access, `${place}/${sha256}`);
      return checkedBytes(answer.bytes, sha256, `${place}/${sha256}`);
    },

    async has(sha256) {
      const answer = await ask('HEAD', sha256);
      if (answer.status === 404) return false;
      if (!isWell(answer)) throw refused(answer, access, place);
      return true;
    },

    async remove(sha256) {
      const answer = await ask('DELETE', sha256);
      const isGone = answer.status === 404 && codeOf(answer) !== 'NoSuchBucket';
      if (!isWell(answer) && !isGone) throw refused(answer, access, place);
    },
  };
}

function isWell({ status }: S3Answer): boolean {
  return status >= 200 && status < 300;
}

function refused(answer: S3Answer, { bucket, endpoint }: S3Access, what: string): EngineError {
  return new EngineError('ARTIFACT_UNAVAILABLE', sentenceOf(answer, bucket, endpoint, what));
}

function sentenceOf(answer: S3Answer, bucket: string, endpoint: string, what: string): string {
  const { status } = answer;
  const code = codeOf(answer);
  const said = code === undefined ? `${status}` : `${status}, ${code}`;
  if (code === 'NoSuchBucket') {
    return `There is no bucket ${bucket} at ${endpoint}: make it, or correct MILLRACE_ARTIFACTS.`;
  }
  if (status === 404)
    return `${what} is not there: put it back from a copy, or release another version.`;
  if (status === 401 || status === 403) {
    return `The store at ${endpoint} refuses ${what} (${said}): check S3_ACCESS_KEY, S3_SECRET_KEY and what they may do.`;
  }
  if (status >= 300 && status < 400) {
    return `The store at ${endpoint} sends elsewhere for ${what} (${said}): correct S3_REGION or S3_ENDPOINT.`;
  }
  return `The store at ${endpoint} does not take what is asked of ${what} (${said}).`;
}

/** What an error is called, as S3 says it in XML. */
function codeOf({ status, bytes }: S3Answer): string | undefined {
  if (status < 300) return undefined;
  const text = new TextDecoder().decode(bytes.subarray(0, 4_096));
  return /<Code>(\w{1,64})<\/Code>/.exec(text)?.[1];
}
