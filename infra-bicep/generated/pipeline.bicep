// Written from the functions' attributes by tests/Infrastructure.Tests: see README.md.

metadata name = 'Pipeline'
metadata description = 'Functions, topics and stores of the app.'

@export()
@description('A function of the app.')
type functionNameType =
  | 'CleanUpState'
  | 'ClickImpressionClicks'
  | 'ClickImpressions'
  | 'CloseIdleWindows'
  | 'CountPageViews'
  | 'DeviceStats'
  | 'EnrichOrders'
  | 'FilterEvents'
  | 'IngestEvents'
  | 'KeyPageViews'
  | 'KeyReadings'
  | 'LatestReadings'
  | 'PageViewsPerFiveMinutes'
  | 'PageViewsPerMinute'
  | 'ParseWebLogs'
  | 'QueryState'
  | 'RoutePageViews'
  | 'TopPages'
  | 'TrackCustomers'
  | 'UserSessions'

@export()
@description('A topic that functions read or write, without those of dead letters.')
type topicNameType =
  | 'ad-clicks'
  | 'ad-impression-outcomes'
  | 'ad-impressions'
  | 'device-stats'
  | 'input-topic'
  | 'iot-readings'
  | 'iot-readings-by-sensor'
  | 'latest-readings'
  | 'orders'
  | 'orders-enriched'
  | 'output-topic'
  | 'page-view-totals'
  | 'page-views'
  | 'page-views-bots'
  | 'page-views-by-page'
  | 'page-views-by-visitor'
  | 'page-views-clean'
  | 'page-views-errors'
  | 'page-views-late'
  | 'page-views-per-5-minutes'
  | 'page-views-per-minute'
  | 'page-views-per-minute-final'
  | 'shop.public.customers'
  | 'top-pages'
  | 'user-sessions'
  | 'web-logs'

@export()
@description('The functions, with the topic that triggers each (empty: none), the topic of its dead letters, and those that it writes.')
var functions = [
  {
    name: 'CleanUpState'
    topic: ''
    deadLetters: ''
    writes: []
  }
  {
    name: 'ClickImpressionClicks'
    topic: 'ad-clicks'
    deadLetters: 'ad-clicks.dlq'
    writes: ['ad-impression-outcomes']
  }
  {
    name: 'ClickImpressions'
    topic: 'ad-impressions'
    deadLetters: 'ad-impressions.dlq'
    writes: ['ad-impression-outcomes']
  }
  {
    name: 'CloseIdleWindows'
    topic: ''
    deadLetters: ''
    writes: []
  }
  {
    name: 'CountPageViews'
    topic: 'page-views-clean'
    deadLetters: 'page-views-clean.dlq'
    writes: ['page-view-totals']
  }
  {
    name: 'DeviceStats'
    topic: 'iot-readings-by-sensor'
    deadLetters: 'iot-readings-by-sensor.dlq'
    writes: ['device-stats']
  }
  {
    name: 'EnrichOrders'
    topic: 'orders'
    deadLetters: 'orders.dlq'
    writes: ['orders-enriched']
  }
  {
    name: 'FilterEvents'
    topic: 'input-topic'
    deadLetters: 'input-topic.dlq'
    writes: ['output-topic']
  }
  {
    name: 'IngestEvents'
    topic: ''
    deadLetters: ''
    writes: []
  }
  {
    name: 'KeyPageViews'
    topic: 'page-views-clean'
    deadLetters: 'page-views-clean.dlq'
    writes: ['page-views-by-page', 'page-views-by-visitor']
  }
  {
    name: 'KeyReadings'
    topic: 'iot-readings'
    deadLetters: 'iot-readings.dlq'
    writes: ['iot-readings-by-sensor']
  }
  {
    name: 'LatestReadings'
    topic: 'iot-readings'
    deadLetters: 'iot-readings.dlq'
    writes: ['latest-readings']
  }
  {
    name: 'PageViewsPerFiveMinutes'
    topic: 'page-views-by-page'
    deadLetters: 'page-views-by-page.dlq'
    writes: ['page-views-per-5-minutes']
  }
  {
    name: 'PageViewsPerMinute'
    topic: 'page-views-by-page'
    deadLetters: 'page-views-by-page.dlq'
    writes: ['page-views-late', 'page-views-per-minute', 'page-views-per-minute-final']
  }
  {
    name: 'ParseWebLogs'
    topic: 'web-logs'
    deadLetters: 'web-logs.dlq'
    writes: ['page-views']
  }
  {
    name: 'QueryState'
    topic: ''
    deadLetters: ''
    writes: []
  }
  {
    name: 'RoutePageViews'
    topic: 'page-views'
    deadLetters: 'page-views.dlq'
    writes: ['page-views-bots', 'page-views-clean', 'page-views-errors']
  }
  {
    name: 'TopPages'
    topic: 'page-views-per-5-minutes'
    deadLetters: 'page-views-per-5-minutes.dlq'
    writes: ['top-pages']
  }
  {
    name: 'TrackCustomers'
    topic: 'shop.public.customers'
    deadLetters: 'shop.public.customers.dlq'
    writes: []
  }
  {
    name: 'UserSessions'
    topic: 'page-views-by-visitor'
    deadLetters: 'page-views-by-visitor.dlq'
    writes: ['user-sessions']
  }
]

@export()
@description('The stores of functions, with the tables that they are kept in.')
var stores = [
  {
    name: 'click-impressions'
    table: 'kfclick0impressions'
  }
  {
    name: 'customers'
    table: 'kfcustomers'
  }
  {
    name: 'device-stats'
    table: 'kfdevice0stats'
  }
  {
    name: 'latest-readings'
    table: 'kflatest0readings'
  }
  {
    name: 'page-view-totals'
    table: 'kfpage0view0totals'
  }
  {
    name: 'page-views-per-5-minutes'
    table: 'kfpage0views0per050minutes'
  }
  {
    name: 'page-views-per-minute'
    table: 'kfpage0views0per0minute'
  }
  {
    name: 'top-pages'
    table: 'kftop0pages'
  }
  {
    name: 'user-sessions'
    table: 'kfuser0sessions'
  }
]

@export()
@description('The topics that may be written to over HTTP.')
var ingestTopics = ['web-logs', 'input-topic']
