/** Where files of models lie, as plain data: a thread can be told of it. */
import { join } from 'node:path';
import { type Settings, s3Place } from '../../contracts/settings.ts';

export interface DirectoryAccess {
  readonly kind: 'directory';
  readonly directory: string;
}

export interface S3Access {
  readonly kind: 's3';
  readonly bucket: string;
  /** Of names of objects, without slashes at its ends; '' for none. */
  readonly prefix: string;
  /** Address of the store, without the bucket. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly addresses: 'path' | 'host';
  /** Directory for what was read. */
  readonly cache: string;
}

export type ArtifactAccess = DirectoryAccess | S3Access;

/** @param settings as `readSettings` gives them */
export function artifactAccess(settings: Settings): ArtifactAccess {
  const { data, artifacts = join(data, 'artifacts'), s3Region: region } = settings;
  const place = s3Place.exec(artifacts);
  if (place === null) return { kind: 'directory', directory: artifacts };
  const [, bucket = '', path = ''] = place;
  return {
    kind: 's3',
    bucket,
    prefix: path.slice(1),
    endpoint: settings.s3Endpoint ?? `https://s3.${region}.amazonaws.com`,
    region,
    accessKey: settings.s3AccessKey!,
    secretKey: settings.s3SecretKey!,
    addresses: settings.s3Addresses,
    cache: join(data, 'artifacts-cache'),
  };
}
