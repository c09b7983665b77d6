{{/* The name of all objects, and of the pods' label. */}}
{{- define "caravan.name" -}}
{{ .Values.name }}
{{- end }}

{{- define "caravan.account" -}}
{{ .Values.serviceAccount.name | default (include "caravan.name" .) }}
{{- end }}

{{/* The Secret of Kubernetes that is mounted; it need not be there unless it is named. */}}
{{- define "caravan.secret" -}}
{{ .Values.warehouse.kubernetesSecret | default (printf "%s-warehouse" (include "caravan.name" .)) }}
{{- end }}

{{- define "caravan.image" -}}
{{ required "image.repository: name the image's registry and repository" .Values.image.repository }}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}
{{- else if not .Values.kustomize }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{/* What kustomize adds by itself. */}}
{{- define "caravan.labels" -}}
{{- if not .Values.kustomize }}
  labels:
    app.kubernetes.io/name: {{ include "caravan.name" . }}
    app.kubernetes.io/instance: {{ .Release.Name }}
    app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
    app.kubernetes.io/managed-by: {{ .Release.Service }}
    helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}
{{- end }}

{{/* Settings are read at the start only: a change of them brings new pods. A change of feeds does not. */}}
{{- define "caravan.podAnnotations" -}}
{{- if not .Values.kustomize }}
      annotations:
        checksum/properties: {{ include "caravan.properties" . | sha256sum }}
{{- with .Values.pod.annotations }}
        {{- toYaml . | nindent 8 }}
{{- end }}
{{- end }}
{{- end }}

{{/* Without the labels that selectors know. */}}
{{- define "caravan.podLabels" -}}
{{- with omit .Values.pod.labels "app.kubernetes.io/name" }}
        {{- toYaml . | nindent 8 }}
{{- end }}
{{- end }}

{{/* One a ConfigMap of feeds, each as a directory of its own: two may have files of one name. */}}
{{- define "caravan.feedMounts" -}}
{{- range $i, $name := .Values.feedConfigMaps }}
{{- if $i }}{{ "\n" }}{{ end -}}
- name: feeds-{{ $i }}
  mountPath: /opt/caravan/feeds/{{ $name }}
  readOnly: true
{{- end }}
{{- end }}

{{/* Who may look at the page. */}}
{{- define "caravan.uiMount" -}}
{{- if .Values.ui.secret }}
- name: ui
  mountPath: /opt/caravan/secrets/ui
  readOnly: true
{{- end }}
{{- end }}

{{- define "caravan.uiVolume" -}}
{{- with .Values.ui.secret }}
- name: ui
  secret:
    secretName: {{ . }}
    defaultMode: 288 # 0440
{{- end }}
{{- end }}

{{- define "caravan.feedVolumes" -}}
{{- range $i, $name := .Values.feedConfigMaps }}
{{- if $i }}{{ "\n" }}{{ end -}}
- name: feeds-{{ $i }}
  configMap:
    name: {{ $name }}
{{- end }}
{{- end }}

{{/* Of every container. */}}
{{- define "caravan.env" -}}
{{- with .Values.region }}
- name: AWS_REGION
  value: {{ . | quote }}
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Takes root and command. */}}
{{- define "caravan.jobEnv" -}}
{{- if ne .command "load" -}}
# It looks whether other services have feeds of these names.
- name: CARAVAN_ELECTION
  value: {{ ternary "none" .root.Values.election (not (empty .root.Values.schedule)) }}
# For who reads the log by kubectl.
- name: CARAVAN_LOG_FORMAT
  value: text
{{- end }}
{{- include "caravan.env" .root }}
{{- end }}

{{/* application.properties: a backslash there is an escape. */}}
{{- define "caravan.properties" -}}
{{- $all := dict "caravan.warehouse.url" (required "warehouse.url: name the warehouse, jdbc:redshift://HOST:5439/DATABASE" .Values.warehouse.url) }}
{{- with .Values.warehouse.user }}{{ $_ := set $all "caravan.warehouse.user" . }}{{ end }}
{{- if and .Values.warehouse.passwordSecret .Values.warehouse.kubernetesSecret }}
{{- fail "warehouse: the password is in passwordSecret or in kubernetesSecret, not in both" }}
{{- end }}
{{- with .Values.warehouse.passwordSecret }}{{ $_ := set $all "caravan.warehouse.password-secret" . }}{{ end }}
{{- if .Values.warehouse.kubernetesSecret }}
{{- $_ := set $all "caravan.warehouse.password-file" "/opt/caravan/secrets/warehouse/password" }}
{{- end }}
{{- with .Values.staging }}
{{- if or .bucket .prefix .role }}
{{- if not (and .bucket .prefix .role) }}{{ fail "staging: bucket, prefix and role belong together; give all of them or none" }}{{ end }}
{{- $_ := set $all "caravan.staging.bucket" .bucket }}
{{- $_ := set $all "caravan.staging.prefix" .prefix }}
{{- $_ := set $all "caravan.staging.iam-role" .role }}
{{- end }}
{{- end }}
{{- if .Values.feedConfigMaps }}
{{- $directories := list "routes" }}
{{- range .Values.feedConfigMaps }}{{ $directories = append $directories (printf "feeds/%s" .) }}{{ end }}
{{- $_ := set $all "caravan.routes.directory" (join "," $directories) }}
{{- end }}
{{- with .Values.ui.port }}{{ $_ := set $all "caravan.ui.port" (include "caravan.text" .) }}{{ end }}
{{- if .Values.ui.secret }}
{{- if not .Values.ui.port }}{{ fail "ui.secret: give ui.port too, where the page is served" }}{{ end }}
{{- $_ := set $all "caravan.ui.address" "0.0.0.0" }}
{{- with .Values.ui.header }}
{{- $_ := set $all "caravan.ui.auth" (printf "header:%s" .) }}
{{- $_ := set $all "caravan.ui.proxy-secret-file" "/opt/caravan/secrets/ui/proxy" }}
{{- else }}
{{- $_ := set $all "caravan.ui.auth" "password-file:/opt/caravan/secrets/ui/users" }}
{{- end }}
{{- with .Values.ui.host }}{{ $_ := set $all "caravan.ui.url" (printf "https://%s" .) }}{{ end }}
{{- else if or .Values.ui.host .Values.ui.header .Values.ui.from }}
{{- fail "ui: host, header and from need ui.secret, by which the page knows who looks" }}
{{- end }}
{{- range $key, $value := .Values.settings }}{{ $_ := set $all $key (include "caravan.text" $value) }}{{ end }}
{{- range $key, $value := $all }}
{{ $key }}={{ $value | replace "\\" "\\\\" }}
{{- end }}
{{- end }}

{{/* A value as it was written: numbers come as floating ones, of which large ones would be printed as 1e+10. */}}
{{- define "caravan.text" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end }}

{{/* A pod that does one thing and ends. Takes root and command; starts on a line of its own. */}}
{{- define "caravan.jobPod" -}}
restartPolicy: Never
serviceAccountName: {{ include "caravan.account" .root }}
{{- if eq .command "load" }}
automountServiceAccountToken: false
terminationGracePeriodSeconds: 330
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
containers:
  - name: caravan
    image: {{ include "caravan.image" .root }}
    args: [{{ .command }}, --properties, settings/application.properties]
{{- with include "caravan.jobEnv" . }}
    env:
      {{- . | nindent 6 }}
{{- end }}
    resources:
      requests:
        cpu: {{ .root.Values.resources.cpu }}
        memory: {{ .root.Values.resources.memory }}
      limits:
        memory: {{ .root.Values.resources.memory }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    volumeMounts:
      - name: routes
        mountPath: /opt/caravan/routes
        readOnly: true
{{- with include "caravan.feedMounts" .root }}
      {{- . | nindent 6 }}
{{- end }}
      - name: properties
        mountPath: /opt/caravan/settings
        readOnly: true
      - name: warehouse
        mountPath: /opt/caravan/secrets/warehouse
        readOnly: true
{{- with include "caravan.uiMount" .root }}
      {{- . | trim | nindent 6 }}
{{- end }}
      - name: tmp
        mountPath: /tmp
volumes:
  - name: routes
    configMap:
      name: {{ include "caravan.name" .root }}-routes
{{- with include "caravan.feedVolumes" .root }}
  {{- . | nindent 2 }}
{{- end }}
  - name: properties
    configMap:
      name: {{ include "caravan.name" .root }}-properties
  - name: warehouse
    secret:
      secretName: {{ include "caravan.secret" .root }}
      defaultMode: 288 # 0440
      optional: {{ empty .root.Values.warehouse.kubernetesSecret }}
{{- with include "caravan.uiVolume" .root }}
  {{- . | trim | nindent 2 }}
{{- end }}
  - name: tmp
    emptyDir:
      sizeLimit: 1Gi
{{- with .root.Values.pod.spec }}
{{ toYaml . }}
{{- end }}
{{- end }}
