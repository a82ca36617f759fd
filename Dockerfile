FROM node:22-bookworm-slim AS client
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
COPY backend/requirements.txt /tmp/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin collabcanvas \
 && install -d -o collabcanvas -g collabcanvas -m 700 /data
COPY --from=packages /opt/venv /opt/venv
COPY --from=client /build/dist /srv/frontend/dist
COPY backend/ /srv/backend/
COPY deploy/worker_alive.py /srv/deploy/
RUN python -m compileall -q /srv/backend
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/srv/backend \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=5000 \
    DATA_DIR=/data
WORKDIR /srv/backend
USER 10001:10001
EXPOSE 5000
# SIGTERM: stop taking work, finish or hand back what is running, leave.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve"]
