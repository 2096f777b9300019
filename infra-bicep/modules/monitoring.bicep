metadata name = 'Monitoring'
metadata description = 'Logs, metrics and traces: a Log Analytics workspace with Application Insights and, if wanted, an Azure Monitor workspace for Prometheus with a Managed Grafana.'

import { monitoringType, tagsType } from '../types.bicep'

@description('Required. Name of the Log Analytics workspace.')
param logAnalyticsName string

@description('Required. Name of the Application Insights resource.')
param applicationInsightsName string

@description('Required. Name of the Azure Monitor workspace.')
param monitorWorkspaceName string

@description('Required. Name of the Grafana, at most 23 letters.')
@maxLength(23)
param grafanaName string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. What is kept, and for how long.')
param monitoring monitoringType

resource logAnalytics 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: logAnalyticsName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: monitoring.retentionDays
    workspaceCapping: {
      dailyQuotaGb: monitoring.dailyQuotaGb
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: logAnalytics.id
  }
}

resource monitorWorkspace 'Microsoft.Monitor/accounts@2025-10-03' = if (monitoring.grafana) {
  name: monitorWorkspaceName
  location: location
  tags: tags
}

resource grafana 'Microsoft.Dashboard/grafana@2025-08-01' = if (monitoring.grafana) {
  name: grafanaName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    apiKey: 'Disabled'
    grafanaIntegrations: {
      azureMonitorWorkspaceIntegrations: [
        {
          azureMonitorWorkspaceResourceId: monitorWorkspace.id
        }
      ]
    }
    publicNetworkAccess: 'Enabled'
  }
}

@description('Id of the Log Analytics workspace.')
output logAnalyticsId string = logAnalytics.id

@description('Id of the Application Insights resource.')
output applicationInsightsId string = applicationInsights.id

@description('Where telemetry is sent. No secret: local authentication is off.')
output connectionString string = applicationInsights.properties.ConnectionString

@description('Address of Grafana; empty where there is none.')
output grafanaEndpoint string = monitoring.grafana ? grafana!.properties.endpoint : ''

@description('Object id of Grafana\'s own identity; empty where there is none.')
output grafanaPrincipalId string = monitoring.grafana ? grafana!.identity.principalId : ''
