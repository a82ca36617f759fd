/** A check of what a canvas's drawing says. */
import { useMutation } from '@tanstack/react-query';
import { reviewCanvas } from '../services/canvasService';

export const useReview = (canvasId: string) =>
  useMutation({ mutationFn: () => reviewCanvas(canvasId) });
