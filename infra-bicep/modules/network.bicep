metadata name = 'Network'
metadata description = 'A virtual network with a subnet for the functions and one for private endpoints, and the private DNS zones of what is behind them.'

import { tagsType } from '../types.bicep'

@description('Required. Name of the network.')
param name string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. Addresses of the network, a /22 or larger.')
param addressPrefix string

@description('Required. Service that the subnet of the functions is delegated to: it goes with the plan.')
param delegation 'Microsoft.App/environments' | 'Microsoft.Web/serverFarms'

@description('Required. Names of the private DNS zones.')
param zoneNames string[]

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          delegations: [
            {
              name: 'functions'
              properties: {
                serviceName: delegation
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 1)
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource functions 'subnets' existing = {
    name: 'functions'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in zoneNames: {
    parent: zones[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

@description('Id of the subnet of the functions.')
output functionsSubnetId string = network::functions.id

@description('Id of the subnet of the private endpoints.')
output endpointsSubnetId string = network::endpoints.id
