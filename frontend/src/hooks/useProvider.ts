/** Leaving for the sign-in provider, and how the last time ended. */
import { useState } from 'react';
import { addressOfProvider, keepArrival, takeSignInFailure } from '../services/arrival';

export function useLeaving() {
  return { address: addressOfProvider(), leave: () => keepArrival() };
}

/** The reason by its stable name; null if nothing failed. */
export function useSignInFailure(): string | null {
  return useState(takeSignInFailure)[0];
}
