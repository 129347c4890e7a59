/** Holds a fault of one part to that part. React offers this to classes only. */
import { Component, type ReactNode } from 'react';
import { Problem } from './Problem.tsx';

interface State {
  readonly error: unknown;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Problem error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
