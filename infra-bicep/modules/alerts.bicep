metadata name = 'Alerts'
metadata description = 'Rules that tell of trouble, who is told, and the budget of the resource group.'

import { alertsType, tagsType } from '../types.bicep'

@description('Required. Name that the rules begin with.')
param name string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. Who is told.')
param alerts alertsType

@description('Required. Name of the Application Insights resource.')
param applicationInsightsName string

@description('Required. Names of the storage accounts with state.')
param stateNames string[]

@description('Optional. Name of the Event Hubs namespace. Default: none, Kafka is somewhere else.')
param eventHubsName string?

var emails = alerts.?emails ?? []

// What the app tells of itself.
var queries = [
  {
    name: 'dead-letters'
    description: 'Records could not be processed. They are in the dead-letter topics, with the reason.'
    severity: 2
    query: 'customMetrics | where name == "kafkafunctions.records.dead_lettered" | summarize Records = sum(valueSum) by Function = tostring(customDimensions["function"])'
    column: 'Records'
    by: 'Function'
    threshold: 0
  }
  {
    name: 'failed-invocations'
    description: 'A function keeps failing: its records wait, and the batch is run again and again.'
    severity: 1
    query: 'requests | where success == false | summarize Failures = count() by Function = operation_Name'
    column: 'Failures'
    by: 'Function'
    threshold: 5
  }
  {
    name: 'lag'
    description: 'More records wait for a function than it works off. Look at its failures; raise partitions, instance memory or the most instances.'
    severity: 2
    query: 'customMetrics | where name == "kafkafunctions.consumer.lag" | extend Function = tostring(customDimensions["function"]), Partition = strcat(customDimensions["topic"], "/", customDimensions["partition"]) | summarize arg_max(timestamp, value) by Function, Partition | summarize Lag = sum(value) by Function'
    column: 'Lag'
    by: 'Function'
    threshold: 100000
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'kafkafuncs'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'mail-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in queries: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [
        applicationInsights.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.column
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: [
              {
                name: rule.by
                operator: 'Include'
                values: [
                  '*'
                ]
              }
            ]
          }
        ]
      }
      actions: {
        actionGroups: empty(emails)
          ? []
          : [
              actionGroup.id
            ]
      }
    }
  }
]

resource stateAccounts 'Microsoft.Storage/storageAccounts@2025-08-01' existing = [
  for account in stateNames: {
    name: account
  }
]

resource stateTables 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' existing = [
  for (account, i) in stateNames: {
    parent: stateAccounts[i]
    name: 'default'
  }
]

resource stateThrottled 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for (account, i) in stateNames: {
    name: '${name}-state-throttled-${i}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Storage account ${account} takes no more requests: raise State__Buckets of new stores, or spread state over more accounts.'
      severity: 2
      enabled: true
      scopes: [
        stateTables[i].id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'throttled'
            metricNamespace: 'Microsoft.Storage/storageAccounts/tableServices'
            metricName: 'Transactions'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 100
            dimensions: [
              {
                name: 'ResponseType'
                operator: 'Include'
                values: [
                  'ServerBusyError'
                  'ClientAccountRequestThrottlingError'
                  'ClientAccountBandwidthThrottlingError'
                ]
              }
            ]
          }
        ]
      }
      actions: empty(emails)
        ? []
        : [
            {
              actionGroupId: actionGroup.id
            }
          ]
    }
  }
]

resource eventHubs 'Microsoft.EventHub/namespaces@2026-01-01' existing = if (eventHubsName != null) {
  name: eventHubsName!
}

resource eventHubsThrottled 'Microsoft.Insights/metricAlerts@2026-01-01' = if (eventHubsName != null) {
  name: '${name}-event-hubs-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The Event Hubs namespace takes no more: raise kafka.capacity.'
    severity: 2
    enabled: true
    scopes: [
      eventHubs.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.EventHub/namespaces'
          metricName: 'ThrottledRequests'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: empty(emails)
      ? []
      : [
          {
            actionGroupId: actionGroup.id
          }
        ]
  }
}

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = if (alerts.?budget != null && !empty(emails)) {
  name: '${name}-budget'
  properties: {
    amount: alerts.?budget.amount ?? 1
    category: 'Cost'
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: alerts.?budget.start ?? ''
    }
    notifications: {
      actual: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
      }
    }
  }
}
