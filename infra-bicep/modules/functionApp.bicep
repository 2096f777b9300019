metadata name = 'Function app'
metadata description = 'The plan and the function app: .NET 10 in the isolated worker, on Flex Consumption or Elastic Premium.'

import { hostingType, tagsType } from '../types.bicep'

@description('Required. Name of the app.')
param name string

@description('Required. Name of the plan.')
param planName string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. The plan.')
param hosting hostingType

@description('Required. Id of the app\'s user-assigned identity.')
param identityId string

@description('Required. Address of the blob container with the app\'s package.')
param packageContainerUri string

@description('Required. Settings of the app.')
param settings settingValuesType

@description('Optional. Id of the subnet that the app reaches others from. Default: none, over the internet.')
param subnetId string?

@description('Settings by name.')
type settingValuesType = {
  @description('Optional. Value of a setting.')
  *: string
}

var runtime = {
  name: 'dotnet-isolated'
  version: '10.0'
}
var isFlex = hosting.plan == 'FlexConsumption'
var alwaysReady = map(hosting.?alwaysReady ?? [], group => {
  name: group.group == 'http' ? 'http' : 'function:${group.group}'
  instanceCount: group.instances
})

// Where Azure Files is not used (it has no identities), Elastic Premium runs the package that a blob holds.
var planSettings = isFlex
  ? {}
  : {
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: runtime.name
      WEBSITE_RUN_FROM_PACKAGE: '${packageContainerUri}/app.zip'
      WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identityId
    }

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: isFlex ? 'functionapp' : 'elastic'
  sku: isFlex
    ? {
        name: 'FC1'
        tier: 'FlexConsumption'
      }
    : {
        name: hosting.?sku
        tier: 'ElasticPremium'
      }
  properties: isFlex
    ? {
        reserved: true // Linux
      }
    : {
        reserved: true
        maximumElasticWorkerCount: hosting.?maximumInstances
      }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: subnetId
    functionAppConfig: hosting.plan == 'FlexConsumption'
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: packageContainerUri
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: identityId
              }
            }
          }
          runtime: runtime
          scaleAndConcurrency: {
            alwaysReady: alwaysReady
            instanceMemoryMB: hosting.instanceMemory
            maximumInstanceCount: hosting.maximumInstances
            triggers: contains(hosting, 'httpConcurrency')
              ? {
                  http: {
                    perInstanceConcurrency: hosting.?httpConcurrency
                  }
                }
              : null
          }
        }
      : null
    siteConfig: union(
      {
        http20Enabled: true
        minTlsVersion: '1.2'
        scmMinTlsVersion: '1.2'
      },
      hosting.plan == 'ElasticPremium'
        ? {
            ftpsState: 'Disabled'
            functionAppScaleLimit: hosting.maximumInstances
            // Without it Elastic Premium does not see how much waits in Kafka.
            functionsRuntimeScaleMonitoringEnabled: true
            linuxFxVersion: toUpper('${runtime.name}|${runtime.version}')
            minimumElasticInstanceCount: hosting.minimumInstances
            vnetRouteAllEnabled: !empty(subnetId)
          }
        : {}
    )
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, planSettings)
  }

  // Deployments show an identity, never a password.
  resource scmCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource ftpCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }
}

@description('Id of the app.')
output resourceId string = app.id

@description('Host name that the HTTP functions answer at.')
output hostName string = app.properties.defaultHostName
