/** Pictures over HTTP. Uploads go by XMLHttpRequest: fetch cannot say how far it is. */
import { t } from '../i18n';
import type { ErrorBody } from '../types/api';
import { ApiError, refusalOf, requestBlob } from './apiClient';

const at = (canvasId: string) => `/api/canvases/${encodeURIComponent(canvasId)}/files`;

interface Answer extends ErrorBody {
  file?: { id: string };
}

function parsed(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

/** Answers with the id that the server gave the picture. Throws ApiError. */
export function uploadFile(
  canvasId: string,
  content: Blob,
  onProgress: (part: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', at(canvasId));
    request.setRequestHeader('Content-Type', content.type || 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 0);
    });
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer.file) resolve(answer.file.id);
      else reject(refusalOf(request.status, answer));
    });
    request.addEventListener('error', () =>
      reject(new ApiError(t().app.unreachable, 0, 'unreachable')),
    );
    request.send(content);
  });
}

export function fetchFile(canvasId: string, fileId: string): Promise<Blob> {
  return requestBlob(`${at(canvasId)}/${fileId}`);
}
