// Alerts on what the app measures of itself (functions/Telemetry/SyncMetrics.cs; a test compares the names), and whom they wake.

@description('Name of the action group.')
param groupName string

@description('What the names of the alerts begin with.')
param prefix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the workspace that the metrics are in.')
param workspaceName string

@description('Addresses that alerts are mailed to.')
@maxLength(10)
param emails string[]

@description('Seconds that the cluster may be behind the log.')
@minValue(60)
@maxValue(86400)
param lagSeconds int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: groupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'myriadsync'
    emailReceivers: [for (email, i) in emails: {
      name: 'mail-${i}'
      emailAddress: email
      useCommonAlertSchema: true
    }]
  }
}

type rule = {
  name: string
  text: string
  severity: int
  metric: string
  value: string
  operator: string
  threshold: int
}

var rules rule[] = [
  {
    name: 'poison'
    text: 'Changes or messages could not be processed and wait for a decision: redrive or discard them (RUNBOOK, Poison).'
    severity: 2
    metric: 'myriadsync.poison.depth'
    value: 'max(Max)'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'apply-lag'
    text: 'The cluster is behind the log: it is away, refuses the credentials, or is too slow (RUNBOOK, The cluster is behind).'
    severity: 1
    metric: 'myriadsync.apply.lag'
    value: 'max(Max)'
    operator: 'GreaterThan'
    threshold: lagSeconds
  }
  {
    name: 'held'
    text: 'The cluster refuses records for good; clients see them, jobs do not (RUNBOOK, Held records).'
    severity: 2
    metric: 'myriadsync.held.records'
    value: 'max(Max)'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    // An activity is tried three times before its batch waits: three failures are a batch that did not get through.
    name: 'failed-batches'
    text: 'Functions of the app fail: a defect, or storage that is away (RUNBOOK, Failed batches).'
    severity: 1
    metric: 'myriadsync.function.failures'
    value: 'sum(Sum)'
    operator: 'GreaterThanOrEqual'
    threshold: 3
  }
  {
    // The timer that measures runs every minute. Nothing measured: nothing runs.
    name: 'silent'
    text: 'The app has reported nothing for a quarter of an hour (RUNBOOK, The app is silent).'
    severity: 0
    metric: 'myriadsync.datasets'
    value: 'count()'
    operator: 'LessThan'
    threshold: 1
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${prefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${prefix}-${rule.name}'
    description: rule.text
    severity: rule.severity
    enabled: true
    autoMitigate: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    // The first metric arrives after the first start; the rule is there before.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "${rule.metric}" | summarize Value = ${rule.value}'
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Value'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: { actionGroups: [group.id] }
  }
}]
