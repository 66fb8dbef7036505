import type { Me } from '../../lib/protocol';
import type { Role } from './staff';

/** Who is signed in at this console; what it may do decides what the pages offer. The server decides what is done. */
class SignedIn {
  me = $state.raw<Me | null>(null);

  /** Whether the account has the role. */
  is(role: Role): boolean {
    return this.me?.roles.includes(role) ?? false;
  }
}

export const staff = new SignedIn();
